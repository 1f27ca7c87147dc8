package io.tillstream.streams.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;

final class BoundedRocksDbTest {
    static {
        RocksDB.loadLibrary();
    }

    @Test
    void shouldGiveEveryStoreTheSameMemory() {
        BoundedRocksDb one = new BoundedRocksDb();
        BoundedRocksDb two = new BoundedRocksDb();
        try (Options first = options();
                Options second = options()) {
            one.setConfig("attempts.1", first, Map.of());
            two.setConfig("batches", second, Map.of());
            assertThat(first.writeBufferManager()).isSameAs(second.writeBufferManager());
            assertThat(first.writeBufferManager().allowStall()).isFalse();
            one.close("attempts.1", first);
            two.close("batches", second);
        }
    }

    @Test
    void shouldKeepFiltersOnTheLastLevel() {
        BoundedRocksDb setter = new BoundedRocksDb();
        try (Options options = options()) {
            options.setOptimizeFiltersForHits(true);
            setter.setConfig("attempts", options, Map.of());
            assertThat(options.optimizeFiltersForHits()).isFalse();
            assertThat(((BlockBasedTableConfig) options.tableFormatConfig()).cacheIndexAndFilterBlocks())
                    .isTrue();
            assertThat(((BlockBasedTableConfig) options.tableFormatConfig()).filterPolicy())
                    .isNotNull();
            setter.close("attempts", options);
        }
    }

    private static Options options() {
        return new Options().setTableFormatConfig(new BlockBasedTableConfig());
    }
}
