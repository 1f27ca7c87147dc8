package io.tillstream.streams.posting;

import java.util.Arrays;

/**
 * From a 128-bit id to its row: open addressing in pages of 8,192 slots, found by the hash's upper bits (extendible hashing), so
 * that growing splits one page and never stops the thread for the whole table. A slot holds 32 bits of the hash beside the row, so
 * that a probe seldom touches a row that is not the one looked for.
 */
final class IdIndex {
    static final int NONE = -1;

    private static final int PAGE_SLOTS = 1 << 13;
    private static final int PAGE_MASK = PAGE_SLOTS - 1;
    private static final int PAGE_USED_MAX = PAGE_SLOTS * 4 / 5;
    private static final long EMPTY = 0;
    private static final long REMOVED = 1; // a row is stored + 2

    /** The rows' ids, which the index does not keep itself. */
    interface IdsOfRows {
        long idHigh(int row);

        long idLow(int row);

        /** Whether a row with the right id is the one that is looked for: of this city and of this kind. */
        boolean matches(int row, int tenant, long kind);
    }

    private static final class Page {
        final long[] slots = new long[PAGE_SLOTS];
        final int depth;
        int used; // with removed ones
        int removed;

        Page(int depth) {
            this.depth = depth;
        }
    }

    private final IdsOfRows rows;
    private Page[] directory = {new Page(0)};
    private int depth;

    IdIndex(IdsOfRows rows) {
        this.rows = rows;
    }

    /** The row of a city's id that is of a kind, or NONE. */
    int find(int tenant, long high, long low, long kind) {
        long hash = hash(high, low);
        long[] slots = page(hash).slots;
        long tag = hash << 32;
        for (int at = slotOf(hash); slots[at] != EMPTY; at = (at + 1) & PAGE_MASK) {
            long slot = slots[at];
            if ((slot & 0xFFFF_FFFF_0000_0000L) == tag && (int) slot > REMOVED) {
                int row = (int) slot - 2;
                if (rows.idLow(row) == low && rows.idHigh(row) == high && rows.matches(row, tenant, kind)) {
                    return row;
                }
            }
        }
        return NONE;
    }

    /** Points an id to one row more. */
    void add(long high, long low, int row) {
        long hash = hash(high, low);
        Page page = page(hash);
        while (page.used >= PAGE_USED_MAX) {
            makeRoom(page, hash);
            page = page(hash);
        }
        place(page, hash, row);
    }

    /** Splits a page that is full; one that is full of removed slots is only cleared of them, or the index would grow for ever. */
    private void makeRoom(Page page, long hash) {
        if (page.removed < page.used / 2) {
            split(page, hash);
            return;
        }
        Page cleared = new Page(page.depth);
        replace(page, hash, cleared, cleared);
    }

    /** Takes a row out, if its id still points to it. */
    void remove(long high, long low, int row) {
        long hash = hash(high, low);
        Page page = page(hash);
        long[] slots = page.slots;
        long wanted = hash << 32 | (row + 2);
        for (int at = slotOf(hash); slots[at] != EMPTY; at = (at + 1) & PAGE_MASK) {
            if (slots[at] == wanted) {
                slots[at] = REMOVED;
                page.removed++;
                return;
            }
        }
    }

    long bytes() {
        long pages = 0;
        for (int i = 0; i < directory.length; i += 1 << (depth - directory[i].depth)) {
            pages++;
        }
        return pages * 8 * PAGE_SLOTS + 4L * directory.length;
    }

    private Page page(long hash) {
        return depth == 0 ? directory[0] : directory[(int) (hash >>> (64 - depth))];
    }

    private static int slotOf(long hash) {
        return (int) (hash >>> 16) & PAGE_MASK;
    }

    private static void place(Page page, long hash, int row) {
        int at = slotOf(hash);
        while (page.slots[at] != EMPTY) {
            at = (at + 1) & PAGE_MASK;
        }
        page.slots[at] = hash << 32 | (row + 2);
        page.used++;
    }

    private void split(Page page, long hash) {
        if (page.depth == depth) {
            Page[] doubled = new Page[2 * directory.length];
            for (int i = 0; i < doubled.length; i++) {
                doubled[i] = directory[i >> 1];
            }
            directory = doubled;
            depth++;
        }
        replace(page, hash, new Page(page.depth + 1), new Page(page.depth + 1));
    }

    private void replace(Page page, long hash, Page low, Page high) {
        int span = 1 << (depth - page.depth);
        int first = depth == 0 ? 0 : (int) (hash >>> (64 - depth)) & -span;
        Arrays.fill(directory, first, first + (span + 1) / 2, low);
        Arrays.fill(directory, first + (span + 1) / 2, first + span, high);
        for (long slot : page.slots) {
            if ((int) slot > REMOVED) {
                int row = (int) slot - 2;
                long rowHash = hash(rows.idHigh(row), rows.idLow(row));
                place(page(rowHash), rowHash, row);
            }
        }
    }

    static long hash(long high, long low) {
        long h = (high ^ Long.rotateLeft(low, 32)) * 0x9E37_79B9_7F4A_7C15L;
        h = (h ^ (h >>> 32)) * 0xD6E8_FEB8_6659_FD93L;
        return h ^ (h >>> 32);
    }
}
