package io.tillstream.streams.posting;

import io.tillstream.streams.rocksdb.BoundedRocksDb;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.CompressionType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * Rows that have left a partition's memory, in a RocksDB that is a cache of the journal and nothing more: made empty, never synced,
 * removed when it is closed. Rows come in the order of their age, in generations: each is a range of keys with a filter of its own,
 * and goes as a whole when all its rows are forgotten. A row that came back and leaves again is written over, or written to a later
 * generation, and the latest is looked at first.
 */
class ColdRows implements AutoCloseable {
    static {
        RocksDB.loadLibrary();
    }

    private static final String DIRECTORY_PREFIX = "cold-";
    private static final int GENERATION_ROWS_MIN = 1 << 20;
    /** Each holds at most so much of all; so look-ups ask few filters, and little is kept longer than it must be. */
    private static final int GENERATION_SHARE = 4;

    private static final long WRITE_BUFFER_BYTES = 16L << 20;
    private static final int WRITE_BUFFERS_MAX = 4;

    // A key: generation, id, city, business date.
    private static final int ID_END = Integer.BYTES + 2 * Long.BYTES;
    private static final int KEY_BYTES = ID_END + 2 * Integer.BYTES;

    /** In this process, which is the only one in its directory: whatever else is found is what a killed one has left. */
    private static final Set<Path> IN_USE = new HashSet<>();

    private static int opened;

    private static final class Generation {
        final int number;
        final int rowsMax;
        final ColdFilter filter;
        int rows;
        private int[] latestDates = {};

        Generation(int number, int rowsMax, ColdFilter filter) {
            this.number = number;
            this.rowsMax = rowsMax;
            this.filter = filter;
        }

        void add(long hash, int tenant, int businessDate) {
            filter.add(hash);
            if (tenant >= latestDates.length) {
                int known = latestDates.length;
                latestDates = Arrays.copyOf(latestDates, Math.max(16, 2 * tenant));
                Arrays.fill(latestDates, known, latestDates.length, Tenants.NEVER);
            }
            latestDates[tenant] = Math.max(latestDates[tenant], businessDate);
            rows++;
        }

        boolean isForgotten(Tenants tenants) {
            for (int tenant = 0; tenant < latestDates.length; tenant++) {
                if (latestDates[tenant] != Tenants.NEVER
                        && latestDates[tenant] >= tenants.get(tenant).forgottenBefore) {
                    return false;
                }
            }
            return true;
        }
    }

    private final Path directory;
    private final int generationRowsMin;
    private final Options options;
    private final WriteOptions writeOptions = new WriteOptions().setDisableWAL(true);
    private final ReadOptions readOptions = new ReadOptions();
    private final WriteBatch batch = new WriteBatch();
    private final RocksDB db;
    private final List<Generation> generations = new ArrayList<>(); // oldest first
    private int nextGeneration;
    private long reads;
    private boolean idFound; // by the look-up that is going on
    private boolean absentKnown;
    private long absentHigh;
    private long absentLow;

    /** Opens a task's, after removing what killed processes have left in the directory. */
    static ColdRows open(Path parent, String task, Map<String, Object> streamsConfig) {
        return new ColdRows(newDirectory(parent, task), GENERATION_ROWS_MIN, streamsConfig);
    }

    /** @param directory that is there and empty */
    ColdRows(Path directory, int generationRowsMin, Map<String, Object> streamsConfig) {
        this.directory = directory;
        this.generationRowsMin = generationRowsMin;
        BlockBasedTableConfig table = new BlockBasedTableConfig();
        options = new Options()
                .setCreateIfMissing(true)
                .setCompressionType(CompressionType.NO_COMPRESSION) // most of a row is its id, which is random
                .setWriteBufferSize(WRITE_BUFFER_BYTES)
                .setMaxWriteBufferNumber(WRITE_BUFFERS_MAX)
                .setAvoidFlushDuringShutdown(true)
                .setInfoLogLevel(InfoLogLevel.ERROR_LEVEL);
        BoundedRocksDb.bound(options, table, streamsConfig);
        options.setTableFormatConfig(table);
        try {
            db = RocksDB.open(options, directory.toString());
        } catch (RocksDBException e) {
            throw broken("open", e);
        }
    }

    /** Takes a row; to be found after the next {@link #write}. */
    void put(long high, long low, int tenant, int businessDate, byte[] packed) {
        Generation latest = latest();
        latest.add(IdIndex.hash(high, low), tenant, businessDate);
        byte[] key = idKey(latest.number, high, low, KEY_BYTES)
                .putInt(tenant)
                .putInt(businessDate)
                .array();
        try {
            batch.put(key, packed);
        } catch (RocksDBException e) {
            throw broken("put", e);
        }
    }

    /** Writes what was put since the last time. */
    void write() {
        absentKnown = false;
        try {
            db.write(writeOptions, batch);
        } catch (RocksDBException e) {
            throw broken("write", e);
        }
        batch.clear();
    }

    /** The latest content of a city's row with this id that is of a kind and not forgotten, or null. */
    byte[] find(int tenant, long high, long low, long kind, int forgottenBefore) {
        if (absentKnown && low == absentLow && high == absentHigh) {
            return null;
        }
        idFound = false;
        long hash = IdIndex.hash(high, low);
        for (int i = generations.size() - 1; i >= 0; i--) {
            Generation generation = generations.get(i);
            if (generation.filter.mayHold(hash)) {
                byte[] packed = read(generation, tenant, high, low, kind, forgottenBefore);
                if (packed != null) {
                    return packed;
                }
            }
        }
        // A new event asks for its id twice or thrice in a row.
        absentKnown = !idFound;
        absentHigh = high;
        absentLow = low;
        return null;
    }

    private byte[] read(Generation generation, int tenant, long high, long low, long kind, int forgottenBefore) {
        reads++;
        byte[] id = idKey(generation.number, high, low, ID_END).array();
        try (RocksIterator rows = db.newIterator(readOptions)) {
            for (rows.seek(id); rows.isValid(); rows.next()) {
                byte[] key = rows.key();
                if (!Arrays.equals(key, 0, ID_END, id, 0, ID_END)) {
                    return null;
                }
                idFound = true;
                ByteBuffer owner = ByteBuffer.wrap(key, ID_END, 2 * Integer.BYTES);
                if (owner.getInt() == tenant && owner.getInt() >= forgottenBefore) {
                    byte[] packed = rows.value();
                    if (PackedRow.has(packed, kind)) {
                        return packed;
                    }
                }
            }
            rows.status();
            return null;
        } catch (RocksDBException e) {
            throw broken("read", e);
        }
    }

    /** Lets the generations go whose rows are all forgotten; called after a close. */
    void dropForgotten(Tenants tenants) {
        for (int i = generations.size() - 1; i >= 0; i--) {
            if (generations.get(i).isForgotten(tenants)) {
                drop(generations.remove(i));
            }
        }
    }

    private void drop(Generation generation) {
        byte[] from = keyOf(generation.number);
        byte[] to = keyOf(generation.number + 1);
        try {
            db.deleteRange(writeOptions, from, to);
            db.deleteFilesInRanges(db.getDefaultColumnFamily(), List.of(from, to), false);
        } catch (RocksDBException e) {
            throw broken("drop", e);
        }
    }

    /** Rows that are kept, those that have come back to memory included. */
    long rows() {
        return generations.stream().mapToLong(generation -> generation.rows).sum();
    }

    /** Look-ups that the filters did not answer. */
    long reads() {
        return reads;
    }

    /** Bytes of the filters. */
    long bytes() {
        return generations.stream()
                .mapToLong(generation -> generation.filter.bytes())
                .sum();
    }

    int generations() {
        return generations.size();
    }

    /** Removes the rows too. */
    @Override
    public void close() {
        batch.close();
        db.close();
        readOptions.close();
        writeOptions.close();
        options.close();
        remove(directory);
        synchronized (IN_USE) {
            IN_USE.remove(directory);
        }
    }

    /** Overridden only by a test that shows what happens with another. */
    ColdFilter filter(int ids) {
        return new ColdFilter(ids);
    }

    private Generation latest() {
        Generation latest = generations.isEmpty() ? null : generations.get(generations.size() - 1);
        if (latest == null || latest.rows == latest.rowsMax) {
            int rowsMax = Math.toIntExact(Math.max(generationRowsMin, rows() / GENERATION_SHARE));
            latest = new Generation(nextGeneration++, rowsMax, filter(rowsMax));
            generations.add(latest);
        }
        return latest;
    }

    private static byte[] keyOf(int generation) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(generation).array();
    }

    private static ByteBuffer idKey(int generation, long high, long low, int bytes) {
        return ByteBuffer.allocate(bytes).putInt(generation).putLong(high).putLong(low);
    }

    private static Path newDirectory(Path parent, String task) {
        synchronized (IN_USE) {
            try {
                Files.createDirectories(parent);
                try (Stream<Path> found = Files.list(parent)) {
                    found.filter(path -> path.getFileName().toString().startsWith(DIRECTORY_PREFIX))
                            .filter(path -> !IN_USE.contains(path))
                            .forEach(ColdRows::remove);
                }
                Path directory = parent.resolve(DIRECTORY_PREFIX + task + "-" + opened++);
                IN_USE.add(directory);
                return Files.createDirectory(directory);
            } catch (IOException | UncheckedIOException e) {
                throw broken("make a directory", e);
            }
        }
    }

    private static void remove(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException | UncheckedIOException e) {
            throw broken("remove " + directory, e);
        }
    }

    /** Whether the disk is full or broken, posting can't know what it has forgotten by it. */
    private static BrokenInvariantException broken(String what, Exception cause) {
        return new BrokenInvariantException("Cold rows: expected to " + what + ", found " + cause.getMessage(), cause);
    }
}
