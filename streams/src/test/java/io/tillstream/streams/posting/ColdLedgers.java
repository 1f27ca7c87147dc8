package io.tillstream.streams.posting;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** Makes ledgers that keep a few rows in memory and the others in RocksDB, and closes them all. */
final class ColdLedgers implements Supplier<Ledger>, AutoCloseable {
    /** Rows of a generation at least: a small world makes several. */
    static final int GENERATION_ROWS = 16;

    private final Path directory;
    private final int hotRows;
    private final Function<Path, ColdRows> kind;
    private final List<ColdRows> open = new ArrayList<>();

    /** @param kind makes them; mutants take one guard out */
    ColdLedgers(Path directory, int hotRows, Function<Path, ColdRows> kind) {
        this.directory = directory;
        this.hotRows = hotRows;
        this.kind = kind;
    }

    /** Cold rows as they are, but for the size of a generation. */
    static ColdRows sound(Path directory) {
        return new ColdRows(directory, GENERATION_ROWS, Map.of());
    }

    @Override
    public Ledger get() {
        try {
            ColdRows cold = kind.apply(Files.createTempDirectory(directory, "cold"));
            open.add(cold);
            return new Ledger(cold, hotRows);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those of the ledger that was made last. */
    ColdRows latest() {
        return open.get(open.size() - 1);
    }

    /** Closes what it has made so far. */
    @Override
    public void close() {
        open.forEach(ColdRows::close);
        open.clear();
    }
}
