package io.tillstream.local.dayfile;

import io.tillstream.local.client.Answer;
import io.tillstream.local.client.ChannelKey;
import io.tillstream.local.client.IngestClient;
import io.tillstream.local.yaml.InvalidFileException;
import io.tillstream.schemas.Channel;
import io.tillstream.schemas.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    private static final Duration LEDGER_LIMIT = Duration.ofMinutes(1);
    private static final int LEDGER_ROWS_PER_SECOND = 500;
    private static final Duration RETRY_AFTER_DEFAULT = Duration.ofSeconds(1);

    private final IngestClient ingest;
    private final ChannelKey key;
    private final Optional<LedgerOutcomes> ledger;

    /**
     * @param key of the channel that the mapping names
     * @param ledger tells what posting did with each payment; without it the result says only what ingest did
     */
    public DayFileImport(IngestClient ingest, ChannelKey key, Optional<LedgerOutcomes> ledger) {
        this.ingest = ingest;
        this.key = key;
        this.ledger = ledger;
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
        Batch batch = new Batch();
        try (ResultFile results = new ResultFile(result, mapping.currency())) {
            dayFile.forEach(row -> batch.add(reader.read(row)));
            batch.flush();
            for (RowOutcome outcome : withLedger(batch.outcomes)) {
                results.write(outcome);
                report.add(outcome);
            }
            results.finish();
        }
        return report;
    }

    private List<RowOutcome> withLedger(List<RowOutcome> outcomes) {
        if (ledger.isEmpty()) {
            return outcomes;
        }
        boolean isThrough = ledger.get().await(LEDGER_LIMIT.plusSeconds(outcomes.size() / LEDGER_ROWS_PER_SECOND));
        return outcomes.stream()
                .map(outcome -> withLedger(outcome, ledger.get(), isThrough))
                .toList();
    }

    /** Of a payment that ingest remembers, and does not send again, posting says nothing: what it decided before stands. */
    private static RowOutcome withLedger(RowOutcome outcome, LedgerOutcomes ledger, boolean isThrough) {
        if (outcome.kind() != RowOutcome.Kind.ACCEPTED) {
            return outcome;
        }
        Optional<Refusal> found = ledger.outcome(UUID.fromString(outcome.eventId()));
        if (found.isEmpty()) {
            return outcome.with(outcome.kind(), isThrough ? "SENT_BEFORE" : "NOT_POSTED_YET");
        }
        return switch (found.get()) {
            case NONE -> outcome.with(RowOutcome.Kind.ACCEPTED, "POSTED");
            case DUPLICATE -> outcome.with(RowOutcome.Kind.ACCEPTED, "POSTED_BEFORE");
            default -> outcome.with(RowOutcome.Kind.REFUSED, "by posting: " + found.get());
        };
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
        private final List<RowOutcome> outcomes = new ArrayList<>();
        private final List<RowReader.Reading> waiting = new ArrayList<>();
        private int payments;

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
                outcomes.add(reading instanceof RowReader.Left left ? left.outcome() : posted.get(next++));
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
