package io.tillstream.streams.posting;

import java.nio.charset.StandardCharsets;

/** Names of the accounts, whole or up to the colon. */
final class Accounts {
    static final byte[] CLEARING = ascii("clearing:");
    static final byte[] TILL = ascii("till:");
    static final byte[] IN_TRANSIT = ascii("in-transit:");
    static final byte[] BANK = ascii("bank");
    static final byte[] FUND = ascii("fund:");
    static final byte[] CONVENIENCE_FEE = ascii("convenience-fee");
    static final byte[] PROCESSOR_FEE = ascii("processor-fee");
    static final byte[] DISPUTE = ascii("dispute");
    static final byte[] UNAPPLIED = ascii("unapplied");

    private Accounts() {}

    private static byte[] ascii(String name) {
        return name.getBytes(StandardCharsets.US_ASCII);
    }
}
