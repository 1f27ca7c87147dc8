package io.tillstream.streams.posting;

import io.tillstream.schemas.Refusal;
import io.tillstream.schemas.Tender;
import java.util.Arrays;

/**
 * What {@link Decider} makes of one event: a refusal, or what the entry will hold. Used again for the next event. An account is a
 * prefix and a piece of another array, so that none has to be put together.
 */
final class Decision {
    static final byte[] EMPTY = new byte[0];

    private Refusal refusal = Refusal.NONE;
    private String detail = "";
    private boolean parks;
    private Tender tender = Tender.CARD;
    private byte[] throughPrefix = EMPTY;
    private byte[] throughSource = EMPTY;
    private int throughFrom;
    private int throughLength;
    private int postingCount;
    private long[] amounts = new long[8];
    private byte[][] prefixes = new byte[8][];
    private byte[][] sources = new byte[8][];
    private int[] froms = new int[8];
    private int[] lengths = new int[8];

    /** Clears for an event that is recorded without postings until told otherwise. */
    Decision record(Tender eventTender) {
        refusal = Refusal.NONE;
        detail = "";
        parks = false;
        tender = eventTender;
        through(EMPTY, EMPTY, 0, 0);
        postingCount = 0;
        return this;
    }

    Decision refuse(Refusal reason, String why) {
        refusal = reason;
        detail = why;
        postingCount = 0;
        return this;
    }

    Decision park() {
        parks = true;
        return this;
    }

    void tender(Tender effective) {
        tender = effective;
    }

    void through(byte[] prefix, byte[] source, int from, int length) {
        throughPrefix = prefix;
        throughSource = source;
        throughFrom = from;
        throughLength = length;
    }

    /** A posting on the account that the payment went through. */
    void postThrough(long amount) {
        post(amount, throughPrefix, throughSource, throughFrom, throughLength);
    }

    void post(long amount, byte[] account) {
        post(amount, account, EMPTY, 0, 0);
    }

    void post(long amount, byte[] prefix, byte[] source, int from, int length) {
        if (postingCount == amounts.length) {
            amounts = Arrays.copyOf(amounts, 2 * postingCount);
            prefixes = Arrays.copyOf(prefixes, 2 * postingCount);
            sources = Arrays.copyOf(sources, 2 * postingCount);
            froms = Arrays.copyOf(froms, 2 * postingCount);
            lengths = Arrays.copyOf(lengths, 2 * postingCount);
        }
        amounts[postingCount] = amount;
        prefixes[postingCount] = prefix;
        sources[postingCount] = source;
        froms[postingCount] = from;
        lengths[postingCount] = length;
        postingCount++;
    }

    boolean isRefused() {
        return refusal != Refusal.NONE;
    }

    boolean isParked() {
        return parks;
    }

    Refusal refusal() {
        return refusal;
    }

    /** Why, in words, without personal data. */
    String detail() {
        return detail;
    }

    Tender tender() {
        return tender;
    }

    byte[] throughPrefix() {
        return throughPrefix;
    }

    byte[] throughSource() {
        return throughSource;
    }

    int throughFrom() {
        return throughFrom;
    }

    int throughLength() {
        return throughLength;
    }

    int postingCount() {
        return postingCount;
    }

    /** Minor units, debit positive. */
    long amount(int posting) {
        return amounts[posting];
    }

    byte[] prefix(int posting) {
        return prefixes[posting];
    }

    byte[] source(int posting) {
        return sources[posting];
    }

    int from(int posting) {
        return froms[posting];
    }

    int length(int posting) {
        return lengths[posting];
    }
}
