package io.tillstream.local.dayfile;

import io.tillstream.local.client.Answer;
import io.tillstream.local.client.ChannelKey;
import io.tillstream.local.client.IngestClient;
import io.tillstream.local.yaml.InvalidFileException;
import io.tillstream.schemas.Channel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Imports one day file. Rows go in batches, one batch at a time; what ingest can't take yet is sent again with the same keys
 * for a bounded number of times.
 */
public final class DayFileImport {
    private static final int BATCH_ROWS = 200;
    private static final int ATTEMPTS_MAX = 8;
    private static final Duration RETRY_AFTER_DEFAULT = Duration.ofSeconds(1);

    private final IngestClient ingest;
    private final ChannelKey key;

    /** @param key of the channel that the mapping names */
    public DayFileImport(IngestClient ingest, ChannelKey key) {
        this.ingest = ingest;
        this.key = key;
    }

    /**
     * Imports {@code file} and writes {@code result}.
     *
     * @throws InvalidFileException if the mapping is wrong
     * @throws DayFileException if the file is no CSV with the columns of the mapping; nothing is posted if they are missing
     */
    public ImportReport run(Path file, Path mappingFile, Path result) throws IOException {
        Mapping mapping = MappingFile.read(mappingFile);
        DayFile dayFile = new DayFile(file, mapping.delimiter());
        dayFile.requireColumns(mapping.columns());
        RowKeys keys = new RowKeys();
        dayFile.forEach(row -> noteId(mapping, keys, row));
        RowReader reader = new RowReader(mapping, keys);
        ImportReport report = new ImportReport(mapping.currency());
        try (ResultFile results = new ResultFile(result, mapping.currency())) {
            Batch batch = new Batch(results, report);
            dayFile.forEach(row -> batch.add(reader.read(row)));
            batch.flush();
            results.finish();
        }
        return report;
    }

    /** The channel that a mapping is for, whose key an import needs. @throws InvalidFileException if the mapping is wrong */
    public static Channel channelOf(Path mappingFile) throws IOException {
        return MappingFile.read(mappingFile).channel();
    }

    private static void noteId(Mapping mapping, RowKeys keys, Row row) {
        String id = mapping.text(Mapping.Field.ID, row);
        if (!id.isEmpty() && mapping.filter().meets(row)) {
            keys.note(id);
        }
    }

    /** Rows that wait for their batch, in the file's order; the result file keeps that order too. */
    private final class Batch {
        private final ResultFile results;
        private final ImportReport report;
        private final List<RowReader.Reading> waiting = new ArrayList<>();
        private int payments;

        Batch(ResultFile results, ImportReport report) {
            this.results = results;
            this.report = report;
        }

        void add(RowReader.Reading reading) {
            waiting.add(reading);
            if (reading instanceof RowReader.Payment && ++payments == BATCH_ROWS) {
                flush();
            }
        }

        void flush() {
            List<RowReader.Payment> rows = waiting.stream()
                    .filter(RowReader.Payment.class::isInstance)
                    .map(RowReader.Payment.class::cast)
                    .toList();
            List<RowOutcome> posted = rows.isEmpty() ? List.of() : post(rows);
            int next = 0;
            for (RowReader.Reading reading : waiting) {
                RowOutcome outcome = reading instanceof RowReader.Left left ? left.outcome() : posted.get(next++);
                results.write(outcome);
                report.add(outcome);
            }
            waiting.clear();
            payments = 0;
        }
    }

    private List<RowOutcome> post(List<RowReader.Payment> rows) {
        RowOutcome[] outcomes = new RowOutcome[rows.size()];
        List<Integer> open = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            open.add(i);
        }
        for (int attempt = 1; !open.isEmpty(); attempt++) {
            List<Integer> again = new ArrayList<>();
            List<Answer> answers = send(rows, open, attempt == ATTEMPTS_MAX);
            Duration pause = RETRY_AFTER_DEFAULT;
            for (int i = 0; i < open.size(); i++) {
                Answer answer = answers.get(i);
                outcomes[open.get(i)] = outcome(rows.get(open.get(i)), answer);
                if (answer.temporary() && attempt < ATTEMPTS_MAX) {
                    again.add(open.get(i));
                    pause = answer.retryAfter().orElse(pause);
                }
            }
            open = again;
            if (!open.isEmpty()) {
                waitFor(pause);
            }
        }
        return List.of(outcomes);
    }

    /** Without an answer the lines count as not available, so that they are sent again; the last time it is an error. */
    private List<Answer> send(List<RowReader.Payment> rows, List<Integer> open, boolean last) {
        try {
            return ingest.batch(key, open.stream().map(i -> rows.get(i).json()).toList())
                    .join();
        } catch (CompletionException e) {
            if (last || !(e.getCause() instanceof IOException)) {
                throw new UncheckedIOException(
                        "Ingest does not answer; import the file again later, nothing is counted twice",
                        new IOException(e.getCause()));
            }
            return open.stream().map(i -> Answer.unavailable()).toList();
        }
    }

    private static RowOutcome outcome(RowReader.Payment row, Answer answer) {
        RowOutcome.Kind kind = answer.accepted()
                ? RowOutcome.Kind.ACCEPTED
                : answer.temporary() ? RowOutcome.Kind.FAILED : RowOutcome.Kind.REFUSED;
        String detail = answer.accepted() ? row.note() : answer.reason();
        return new RowOutcome(
                row.row().number(),
                row.id(),
                row.billType(),
                row.amount(),
                kind,
                detail,
                answer.eventId().map(UUID::toString).orElse(""));
    }

    private static void waitFor(Duration pause) {
        Executor later = CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS);
        CompletableFuture.runAsync(() -> {}, later).join();
    }
}
