package io.tillstream.ledgersink;

import io.tillstream.runtime.ServiceMain;
import java.time.Clock;

/** The ledger sink as a process of its own. */
public final class LedgerSinkMain {
    private LedgerSinkMain() {}

    /** @param args the path of the settings file */
    public static void main(String[] args) {
        ServiceMain.run(
                "ledger-sink",
                args,
                LedgerSinkSettings.class,
                settings -> LedgerSink.start(settings, Clock.systemUTC(), LedgerSinkMain::stop));
    }

    /** A sink with a broken invariant must not look alive; its thread can't wait for the exit that waits for it. */
    private static void stop(String reason) {
        Thread exit = new Thread(() -> System.exit(1), "exit: " + reason);
        exit.setDaemon(true);
        exit.start();
    }
}
