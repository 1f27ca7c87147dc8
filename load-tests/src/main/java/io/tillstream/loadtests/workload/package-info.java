/** Seeded payment events in the wire format, with what must become of them. Never random beyond the seed. */
package io.tillstream.loadtests.workload;
