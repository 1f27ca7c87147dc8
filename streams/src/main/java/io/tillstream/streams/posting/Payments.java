package io.tillstream.streams.posting;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The ids of events and payments with what later events need: one row each, in segments, found through {@link IdIndex}. Rows are
 * added in the journal's order and leave by whole segments, once every row of the oldest segment is forgotten; whether a row still
 * counts is decided by its business date alone, so that when a segment leaves makes no difference to any decision.
 */
final class Payments implements IdIndex.IdsOfRows {
    static final int NONE = IdIndex.NONE;

    /** What has been taken back of a payment; only payments with such events have one. */
    static final class Reversal {
        /** Refunded, returned or lost in dispute. */
        long taken;

        long disputeOpen;
        /** What each line has left. */
        final long[] left;

        Reversal(long[] left) {
            this.left = left;
        }
    }

    private final Tenants tenants;
    private final Profiles profiles;
    private final IdIndex index = new IdIndex(this);
    private final List<Rows> segments = new ArrayList<>();
    private final Map<Integer, Reversal> reversals = new HashMap<>();
    private int firstSegment; // segments before it are null
    private int firstKeptRow; // within the oldest segment: rows before it are known to be forgotten
    private int size;

    Payments(Tenants tenants, Profiles profiles) {
        this.tenants = tenants;
        this.profiles = profiles;
    }

    /** The row of a city's event that still counts, or NONE. */
    int findEvent(int tenant, long high, long low) {
        return index.find(tenant, high, low, Rows.EVENT);
    }

    /** The row of a city's captured payment that still counts, or NONE. */
    int findPayment(int tenant, long high, long low) {
        return index.find(tenant, high, low, Rows.PAYMENT);
    }

    @Override
    public boolean matches(int row, int tenant, long kind) {
        return segment(row).has(row, kind) && tenant(row) == tenant && !isForgotten(row);
    }

    boolean isVoided(int row) {
        return segment(row).has(row, Rows.VOIDED);
    }

    int bodyHash(int row) {
        return segment(row).bodyHash(row);
    }

    int businessDate(int row) {
        return segment(row).businessDate(row);
    }

    long captured(int row) {
        return segment(row).amount(row);
    }

    int tenant(int row) {
        return profile(row).tenant();
    }

    /** City, clearing or till account, tender; the line only if the payment has just one. */
    Profiles.Profile profile(int row) {
        Rows rows = segment(row);
        int profile = rows.profile(row);
        return profiles.get(profile >= 0 ? profile : rows.linesProfile(~profile));
    }

    int lineCount(int row) {
        Rows rows = segment(row);
        int profile = rows.profile(row);
        return profile >= 0 ? 1 : rows.linesCount(~profile);
    }

    int lineAccount(int row, int line) {
        Rows rows = segment(row);
        int profile = rows.profile(row);
        return profile >= 0 ? profiles.get(profile).line() : rows.lineAccount(~profile, line);
    }

    long lineAmount(int row, int line) {
        Rows rows = segment(row);
        int profile = rows.profile(row);
        return profile >= 0 ? captured(row) : rows.lineAmount(~profile, line);
    }

    long lineLeft(int row, int line) {
        Reversal reversal = reversals.get(row);
        return reversal == null ? lineAmount(row, line) : reversal.left[line];
    }

    long taken(int row) {
        Reversal reversal = reversals.get(row);
        return reversal == null ? 0 : reversal.taken;
    }

    long disputeOpen(int row) {
        Reversal reversal = reversals.get(row);
        return reversal == null ? 0 : reversal.disputeOpen;
    }

    /** Keeps an event's id, in the row of the payment that bears the same if they are of one date, and so forgotten together. */
    void addEvent(long high, long low, int bodyHash, int tenant, int businessDate) {
        int found = ofDate(findPayment(tenant, high, low), businessDate);
        int row = found != NONE ? found : add(high, low);
        Rows rows = segment(row);
        rows.setBodyHash(row, bodyHash);
        rows.set(row, Rows.EVENT);
        if (found == NONE) {
            rows.setProfile(row, tenants.get(tenant).profile(profiles));
            rows.setBusinessDate(row, businessDate);
        }
    }

    /**
     * Keeps a captured payment, in the row of the event that bears the same id if they are of one date.
     *
     * @param profile with the line of a payment that has just one, else without a line
     * @param accounts of its lines; good for the first {@code lineCount}, like {@code amounts}
     */
    void addPayment(
            int tenant,
            long high,
            long low,
            long captured,
            int profile,
            int lineCount,
            int[] accounts,
            long[] amounts,
            int businessDate) {
        int found = ofDate(findEvent(tenant, high, low), businessDate);
        int row = found != NONE ? found : add(high, low);
        Rows rows = segment(row);
        rows.set(row, Rows.PAYMENT);
        rows.setAmount(row, captured);
        rows.setBusinessDate(row, businessDate);
        rows.setProfile(row, lineCount == 1 ? profile : ~rows.addLines(profile, lineCount, accounts, amounts));
    }

    void setVoided(int row) {
        segment(row).set(row, Rows.VOIDED);
    }

    /** The payment's record of what was taken back, made now if it is the first. */
    Reversal reversal(int row) {
        return reversals.computeIfAbsent(row, r -> {
            long[] left = new long[lineCount(r)];
            for (int line = 0; line < left.length; line++) {
                left[line] = lineAmount(r, line);
            }
            return new Reversal(left);
        });
    }

    /** Lets the oldest segment go if all its rows are forgotten; called after a close. */
    void dropForgotten() {
        while (firstSegment < segments.size() - 1) {
            int base = firstSegment << Rows.BITS;
            while (firstKeptRow < Rows.COUNT && isForgotten(base + firstKeptRow)) {
                firstKeptRow++;
            }
            if (firstKeptRow < Rows.COUNT) {
                return;
            }
            for (int row = base; row < base + Rows.COUNT; row++) {
                index.remove(idHigh(row), idLow(row), row);
                reversals.remove(row);
            }
            segments.set(firstSegment++, null);
            firstKeptRow = 0;
        }
    }

    /** Rows that have been added, forgotten ones included. */
    int size() {
        return size;
    }

    /** Bytes of the tables, without what few payments have besides. */
    long bytes() {
        long bytes = index.bytes();
        for (Rows rows : segments) {
            bytes += rows == null ? 0 : rows.bytes();
        }
        return bytes;
    }

    @Override
    public long idHigh(int row) {
        return segment(row).idHigh(row);
    }

    @Override
    public long idLow(int row) {
        return segment(row).idLow(row);
    }

    private int ofDate(int row, int businessDate) {
        return row != NONE && businessDate(row) == businessDate ? row : NONE;
    }

    private int add(long high, long low) {
        int row = size++;
        if (row >> Rows.BITS == segments.size()) {
            if (row > 0) {
                segment(row - 1).trim();
            }
            segments.add(new Rows());
        }
        segment(row).setId(row, high, low);
        index.add(high, low, row);
        return row;
    }

    private boolean isForgotten(int row) {
        Tenants.Tenant tenant = tenants.get(tenant(row));
        return businessDate(row) < tenant.forgottenBefore;
    }

    private Rows segment(int row) {
        return segments.get(row >> Rows.BITS);
    }
}
