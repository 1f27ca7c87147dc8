/** Tests of {@code io.tillstream.local.yaml}: each mistake is told with its place, and the samples in examples/ are right. */
package io.tillstream.local.yaml;
