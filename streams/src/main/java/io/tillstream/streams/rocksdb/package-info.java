/**
 * The one place that sizes RocksDB in this process: every state store of detection and settlement takes its blocks and
 * its write buffers from one cache of fixed size, so native memory stays bounded however many partitions, segments and
 * applications the process runs. It holds no data of its own, decides nothing, and is never used by posting, whose state
 * is in primitive arrays.
 */
package io.tillstream.streams.rocksdb;
