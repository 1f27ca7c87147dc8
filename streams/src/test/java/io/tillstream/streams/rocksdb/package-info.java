/** The bound on RocksDB's memory. */
package io.tillstream.streams.rocksdb;
