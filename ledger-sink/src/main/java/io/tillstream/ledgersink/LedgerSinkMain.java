package io.tillstream.ledgersink;

import io.tillstream.runtime.ServiceMain;

/** The ledger sink as a process of its own. */
public final class LedgerSinkMain {
    private LedgerSinkMain() {}

    /** @param args the path of the settings file */
    public static void main(String[] args) {
        ServiceMain.run("ledger-sink", args, LedgerSinkSettings.class, LedgerSink::start);
    }
}
