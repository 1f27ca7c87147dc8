package io.tillstream.streams.posting;

import io.tillstream.schemas.Tender;
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

    private static final long AMOUNT_MASK = (1L << 48) - 1;
    private static final long EVENT = 1L << 48;
    private static final long PAYMENT = 1L << 49;
    private static final long VOIDED = 1L << 50;

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
        return index.find(tenant, high, low, EVENT);
    }

    /** The row of a city's captured payment that still counts, or NONE. */
    int findPayment(int tenant, long high, long low) {
        return index.find(tenant, high, low, PAYMENT);
    }

    @Override
    public boolean matches(int row, int tenant, long kind) {
        return has(row, kind) && tenant(row) == tenant && !isForgotten(row);
    }

    boolean isVoided(int row) {
        return has(row, VOIDED);
    }

    int bodyHash(int row) {
        return segment(row).bodyHash[row & Rows.MASK];
    }

    int businessDate(int row) {
        return segment(row).businessDate[row & Rows.MASK];
    }

    long captured(int row) {
        return segment(row).amountAndFlags[row & Rows.MASK] & AMOUNT_MASK;
    }

    int tenant(int row) {
        return profile(row).tenant();
    }

    /** City, clearing or till account, tender; the line only if the payment has just one. */
    Profiles.Profile profile(int row) {
        Rows rows = segment(row);
        int profile = rows.profile[row & Rows.MASK];
        return profiles.get(profile >= 0 ? profile : rows.linesProfile(~profile));
    }

    int lineCount(int row) {
        Rows rows = segment(row);
        int profile = rows.profile[row & Rows.MASK];
        return profile >= 0 ? 1 : rows.linesCount(~profile);
    }

    int lineAccount(int row, int line) {
        Rows rows = segment(row);
        int profile = rows.profile[row & Rows.MASK];
        return profile >= 0 ? profiles.get(profile).line() : rows.lineAccount(~profile, line);
    }

    long lineAmount(int row, int line) {
        Rows rows = segment(row);
        int profile = rows.profile[row & Rows.MASK];
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
        int at = row & Rows.MASK;
        rows.bodyHash[at] = bodyHash;
        rows.amountAndFlags[at] |= EVENT;
        if (found == NONE) {
            rows.profile[at] = profiles.numberOf(tenant, Profiles.NO_ACCOUNT, Tender.CARD, Profiles.NO_ACCOUNT);
            rows.businessDate[at] = businessDate;
        }
    }

    /** Keeps a captured payment, in the row of the event that bears the same id if they are of one date. */
    void addPayment(
            long high,
            long low,
            long captured,
            Profiles.Profile profile,
            int lineCount,
            int[] accounts,
            long[] amounts,
            int businessDate) {
        int found = ofDate(findEvent(profile.tenant(), high, low), businessDate);
        int row = found != NONE ? found : add(high, low);
        Rows rows = segment(row);
        int at = row & Rows.MASK;
        long flags = found != NONE ? rows.amountAndFlags[at] & ~AMOUNT_MASK : 0;
        rows.amountAndFlags[at] = flags | PAYMENT | captured;
        rows.businessDate[at] = businessDate;
        if (lineCount == 1) {
            rows.profile[at] = profiles.numberOf(profile.tenant(), profile.through(), profile.tender(), accounts[0]);
        } else {
            int number = profiles.numberOf(profile.tenant(), profile.through(), profile.tender(), Profiles.NO_ACCOUNT);
            rows.profile[at] = ~rows.addLines(number, lineCount, accounts, amounts);
        }
    }

    void setVoided(int row) {
        segment(row).amountAndFlags[row & Rows.MASK] |= VOIDED;
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
        return segment(row).idHigh[row & Rows.MASK];
    }

    @Override
    public long idLow(int row) {
        return segment(row).idLow[row & Rows.MASK];
    }

    private int ofDate(int row, int businessDate) {
        return row != NONE && businessDate(row) == businessDate ? row : NONE;
    }

    private int add(long high, long low) {
        int row = size++;
        if ((row & Rows.MASK) == 0) {
            segments.add(new Rows());
        }
        Rows rows = segment(row);
        rows.idHigh[row & Rows.MASK] = high;
        rows.idLow[row & Rows.MASK] = low;
        index.add(high, low, row);
        return row;
    }

    private boolean isForgotten(int row) {
        Tenants.Tenant tenant = tenants.get(tenant(row));
        return businessDate(row) < tenant.forgottenBefore;
    }

    private boolean has(int row, long flag) {
        return (segment(row).amountAndFlags[row & Rows.MASK] & flag) != 0;
    }

    private Rows segment(int row) {
        return segments.get(row >> Rows.BITS);
    }
}
