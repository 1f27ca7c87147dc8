package io.tillstream.loadtests.bench.peer;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;

/**
 * RocksDB for look-ups by key that mostly find nothing: whole-key bloom filters on every level, large memtables, one block cache for
 * all stores. No bound on memory beyond that, which favours this peer.
 */
public final class TunedRocksDb implements RocksDBConfigSetter {
    private static final long CACHE_BYTES = 512L << 20;
    private static final long MEMTABLE_BYTES = 64L << 20;
    private static final int MEMTABLES = 3;
    private static final int BLOOM_BITS_PER_KEY = 10;
    private static Cache cache;

    private BloomFilter filter;

    /** Public, because Kafka Streams makes it by its class name. */
    public TunedRocksDb() {}

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        filter = new BloomFilter(BLOOM_BITS_PER_KEY);
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(sharedCache());
        table.setFilterPolicy(filter);
        table.setWholeKeyFiltering(true);
        table.setCacheIndexAndFilterBlocks(false); // indexes and filters stay in memory
        options.setTableFormatConfig(table);
        options.setOptimizeFiltersForHits(false); // Streams sets it, and then the last level has no filter
        options.setWriteBufferSize(MEMTABLE_BYTES);
        options.setMaxWriteBufferNumber(MEMTABLES);
        options.setMemtablePrefixBloomSizeRatio(0.1);
        options.setMemtableWholeKeyFiltering(true);
    }

    @Override
    public void close(String storeName, Options options) {
        filter.close();
    }

    private static synchronized Cache sharedCache() {
        if (cache == null) {
            RocksDB.loadLibrary();
            cache = new LRUCache(CACHE_BYTES);
        }
        return cache;
    }
}
