package io.tillstream.local.demo;

import io.tillstream.local.simulation.Book;
import java.util.function.Consumer;

/** The line that tells how far everything is, for each second. */
final class Progress {
    private final Book book;
    private final Observer observer;
    private final DemoLedger ledger;
    private final DemoLag lag;
    private final long entriesBefore;
    private final Consumer<String> out;
    private final long startNs = System.nanoTime();

    Progress(Book book, Observer observer, DemoLedger ledger, DemoLag lag, long entriesBefore, Consumer<String> out) {
        this.book = book;
        this.observer = observer;
        this.ledger = ledger;
        this.lag = lag;
        this.entriesBefore = entriesBefore;
        this.out = out;
    }

    void line() {
        Figures figures = observer.figures();
        out.accept(String.format(
                "%4d s  sent %,d  accepted %,d  posted %,d  in database %,d  refused %,d  quarantined %,d  anomalies %d"
                        + "  batches %d  lag %,d",
                (System.nanoTime() - startNs) / 1_000_000_000,
                book.sentCount(),
                book.acceptedCount(),
                figures.entries,
                ledger.entries() - entriesBefore,
                figures.refusedCount(),
                figures.quarantinedCount(),
                figures.anomalies().size(),
                figures.batches,
                lag.posting() + lag.database()));
    }
}
