/**
 * What ingest knows of the cities: their configuration from the compacted topic {@code tenants} and what is suspended from
 * {@code controls}. {@code DirectoryReader} reads both from the beginning with a plain consumer and assigned partitions, and goes
 * on reading; {@link io.tillstream.ingest.tenants.TenantDirectory} answers from memory.
 *
 * <p>The directory is loaded when both topics have been read to the end they had at the start; before, ingest is not ready. A
 * suspension takes effect as soon as its record arrives, within milliseconds of its write.
 *
 * <p>This package never writes to Kafka, never joins a consumer group and never blocks a request.
 */
package io.tillstream.ingest.tenants;
