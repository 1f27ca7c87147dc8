package io.tillstream.streams.posting;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The ids of events and payments with what later events need: one row each, in segments, found through {@link IdIndex}. Rows are
 * added in the journal's order and leave from the oldest on, once they are forgotten; whether a row still counts is decided by its
 * business date alone, so that when it leaves makes no difference to any decision.
 *
 * <p>If rows in memory are limited, the oldest go on to {@link ColdRows}, a few at a time. A look-up that finds nothing in memory asks
 * there, and what it finds comes back as a new row; the copy that stays behind is not looked at as long as there is a row in memory,
 * and is written over when that one leaves. So a row's number is good until the next look-up or addition.
 */
final class Payments implements IdIndex.IdsOfRows {
    static final int NONE = IdIndex.NONE;

    /** Rows that leave at once: a tenth of a millisecond. */
    private static final int STEP_ROWS = 64;

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
    private final ColdRows cold; // null if all rows stay in memory
    private final int hotRows;
    private final int stepRows;
    private int firstRow; // rows before it have left
    private int size;

    /** All rows stay in memory until they are forgotten. */
    Payments(Tenants tenants, Profiles profiles) {
        this(tenants, profiles, null, 1);
    }

    /** @param hotRows that stay in memory, at least one; there are a few more before some leave */
    Payments(Tenants tenants, Profiles profiles, ColdRows cold, int hotRows) {
        if (hotRows < 1) {
            throw new IllegalArgumentException("hotRows: expected at least 1, found " + hotRows);
        }
        this.tenants = tenants;
        this.profiles = profiles;
        this.cold = cold;
        this.hotRows = hotRows;
        stepRows = Math.max(1, Math.min(STEP_ROWS, hotRows / 4));
    }

    /** The row of a city's event that still counts, or NONE. */
    int findEvent(int tenant, long high, long low) {
        return find(tenant, high, low, Rows.EVENT);
    }

    /** The row of a city's captured payment that still counts, or NONE. */
    int findPayment(int tenant, long high, long low) {
        return find(tenant, high, low, Rows.PAYMENT);
    }

    /** Begins to bring what a look-up of this id needs into the processor's cache. */
    void expect(long high, long low) {
        index.expect(high, low);
    }

    private int find(int tenant, long high, long low, long kind) {
        int row = index.find(tenant, high, low, kind);
        return row != NONE || cold == null ? row : findCold(tenant, high, low, kind);
    }

    private int findCold(int tenant, long high, long low, long kind) {
        byte[] packed = cold.find(tenant, high, low, kind, tenants.get(tenant).forgottenBefore);
        if (packed == null) {
            return NONE;
        }
        int row = add(high, low);
        Reversal reversal = PackedRow.unpack(packed, segment(row), row);
        if (reversal != null) {
            reversals.put(row, reversal);
        }
        return row;
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
        int found = ofDate(findLatestEvent(tenant, high, low), businessDate);
        int row = found != NONE ? found : add(high, low);
        Rows rows = segment(row);
        rows.set(row, Rows.PAYMENT);
        rows.setAmount(row, captured);
        rows.setBusinessDate(row, businessDate);
        rows.setProfile(row, lineCount == 1 ? profile : ~rows.addLines(profile, lineCount, accounts, amounts));
    }

    /** {@link #findEvent} of an event that most probably was kept just now, and so has the latest row. */
    private int findLatestEvent(int tenant, long high, long low) {
        int latest = size - 1;
        boolean isLatest = latest >= firstRow && idLow(latest) == low && idHigh(latest) == high;
        return isLatest && matches(latest, tenant, Rows.EVENT) ? latest : findEvent(tenant, high, low);
    }

    void setVoided(int row) {
        requireHot(row);
        segment(row).set(row, Rows.VOIDED);
    }

    /** The payment's record of what was taken back, made now if it is the first. */
    Reversal reversal(int row) {
        requireHot(row);
        return reversals.computeIfAbsent(row, r -> {
            long[] left = new long[lineCount(r)];
            for (int line = 0; line < left.length; line++) {
                left[line] = lineAmount(r, line);
            }
            return new Reversal(left);
        });
    }

    /** What is changed must be in memory, or the change would be lost. */
    private void requireHot(int row) {
        if (row < firstRow) {
            throw new BrokenInvariantException("Payments: expected row " + firstRow + " or later, found " + row);
        }
    }

    /** Lets the oldest rows go that are forgotten, but for those of the latest segment; called after a close. */
    void dropForgotten() {
        int end = (segments.size() - 1) << Rows.BITS;
        while (firstRow < end && isForgotten(firstRow)) {
            leave(firstRow);
        }
        if (cold != null) {
            cold.dropForgotten(tenants);
        }
    }

    private void moveOldest() {
        int end = firstRow + stepRows;
        for (int row = firstRow; row < end; row++) {
            if (!isForgotten(row)) {
                byte[] packed = PackedRow.pack(segment(row), row, reversals.get(row));
                cold.put(idHigh(row), idLow(row), tenant(row), businessDate(row), packed);
            }
        }
        cold.write();
        while (firstRow < end) {
            leave(firstRow);
        }
    }

    /** Takes the oldest row out of memory, and its segment with the last one. */
    private void leave(int row) {
        index.remove(idHigh(row), idLow(row), row);
        reversals.remove(row);
        firstRow++;
        if (firstRow % Rows.COUNT == 0) {
            segments.set(row >> Rows.BITS, null);
        }
    }

    /** Rows that have been added, forgotten ones included. */
    int size() {
        return size;
    }

    /** Rows that have left memory and are not forgotten, as far as that is known. */
    long coldRows() {
        return cold == null ? 0 : cold.rows();
    }

    /** Bytes of the tables in memory, without what few payments have besides. */
    long bytes() {
        long bytes = index.bytes() + (cold == null ? 0 : cold.bytes());
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
        if (cold != null && size - firstRow >= hotRows + stepRows) {
            moveOldest();
        }
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
