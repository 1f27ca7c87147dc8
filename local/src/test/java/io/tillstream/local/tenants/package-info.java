/** Tests of {@code io.tillstream.local.tenants}: each mistake is told with its place, and the samples in examples/ are right. */
package io.tillstream.local.tenants;
