package io.tillstream.streams.rocksdb;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * Kafka Streams makes one of these per RocksDB instance; all of them share one cache and one write-buffer manager. The
 * size is fixed when the first store opens; {@link #MEMORY_BYTES} in the Streams configuration sets it.
 */
public final class BoundedRocksDb implements RocksDBConfigSetter {
    /** Streams configuration key: bytes of native memory for blocks, indexes, filters and write buffers of all stores. */
    public static final String MEMORY_BYTES = "tillstream.rocksdb.memory.bytes";

    /** Enough for a laptop; a node with millions of sources in the window wants more. */
    public static final long MEMORY_BYTES_DEFAULT = 64L << 20;

    private static final int BLOOM_BITS_PER_KEY = 10;
    private static final double INDEX_SHARE = 0.2;
    private static final long WRITE_BUFFER_BYTES = 4L << 20;
    private static Shared shared;

    /** Never closed: it lives as long as the process, and stores that open after a rebalance use it again. */
    private record Shared(Cache cache, WriteBufferManager writeBuffers) {}

    private BloomFilter filter;

    /** Public, because Kafka Streams makes it by its class name. */
    public BoundedRocksDb() {}

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        bound(options, table, configs);
        filter = new BloomFilter(BLOOM_BITS_PER_KEY);
        table.setFilterPolicy(filter);
        options.setTableFormatConfig(table);
        options.setWriteBufferSize(WRITE_BUFFER_BYTES);
        // Streams sets it to true, which leaves the last level without filters; most sources are seen once, so most
        // look-ups here find nothing and would each read a block.
        options.setOptimizeFiltersForHits(false);
    }

    /** Makes a database keep to the shared memory; also for one that Kafka Streams does not know. */
    public static void bound(Options options, BlockBasedTableConfig table, Map<String, Object> configs) {
        Shared memory = shared(configs);
        table.setBlockCache(memory.cache());
        table.setCacheIndexAndFilterBlocks(true);
        table.setCacheIndexAndFilterBlocksWithHighPriority(true);
        table.setPinTopLevelIndexAndFilter(true);
        options.setWriteBufferManager(memory.writeBuffers());
    }

    @Override
    public void close(String storeName, Options options) {
        filter.close();
    }

    private static synchronized Shared shared(Map<String, Object> configs) {
        if (shared == null) {
            RocksDB.loadLibrary();
            long bytes = Long.parseLong(String.valueOf(configs.getOrDefault(MEMORY_BYTES, MEMORY_BYTES_DEFAULT)));
            // Write buffers are charged to the cache, so the cache's size bounds both.
            Cache cache = new LRUCache(bytes, -1, false, INDEX_SHARE);
            shared = new Shared(cache, new WriteBufferManager(bytes / 2, cache));
        }
        return shared;
    }
}
