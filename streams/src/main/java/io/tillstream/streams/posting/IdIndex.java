package io.tillstream.streams.posting;

import java.util.Arrays;

/**
 * From a 128-bit id to its row: open addressing in pages of 8,192 slots, found by upper bits of the id's tag (extendible hashing), so
 * that growing splits one page and never stops the thread for the whole table. A slot holds the tag, 32 bits of the id's hash, beside
 * the row. So a probe seldom touches a row that is not the one looked for, and a split touches none: the tag's upper bits choose the
 * page, its lower 13 the slot; as long as there are fewer than 2^19 pages, which rows of 31 bits can't fill, some are left to compare.
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
    // An id that no row has, until the next row is added: an event's is asked for twice or more before.
    private boolean absentIsKnown;
    private long absentHigh;
    private long absentLow;

    @SuppressWarnings("UnusedVariable") // written, so that no compiler takes reading ahead for useless
    private long expected;

    IdIndex(IdsOfRows rows) {
        this.rows = rows;
    }

    /** The row of a city's id that is of a kind, or NONE. */
    int find(int tenant, long high, long low, long kind) {
        if (absentIsKnown && absentLow == low && absentHigh == high) {
            return NONE;
        }
        int tag = tag(high, low);
        long[] slots = page(tag).slots;
        boolean absent = true;
        for (int at = slotOf(tag); slots[at] != EMPTY; at = (at + 1) & PAGE_MASK) {
            long slot = slots[at];
            if (tagOf(slot) == tag && (int) slot > REMOVED) {
                int row = (int) slot - 2;
                if (rows.idLow(row) == low && rows.idHigh(row) == high) {
                    if (rows.matches(row, tenant, kind)) {
                        return row;
                    }
                    absent = false;
                }
            }
        }
        keepAbsent(absent, high, low);
        return NONE;
    }

    private void keepAbsent(boolean absent, long high, long low) {
        absentIsKnown = absent;
        absentHigh = high;
        absentLow = low;
    }

    /**
     * Reads the slot where a look-up of this id will begin. Looking up misses the cache, and waits for memory; several such reads one
     * after the other wait together.
     */
    void expect(long high, long low) {
        int tag = tag(high, low);
        expected += page(tag).slots[slotOf(tag)];
    }

    /** Points an id to one row more. */
    void add(long high, long low, int row) {
        absentIsKnown = false;
        int tag = tag(high, low);
        Page page = page(tag);
        while (page.used >= PAGE_USED_MAX) {
            makeRoom(page, tag);
            page = page(tag);
        }
        place(page, slot(tag, row));
    }

    /** Splits a page that is full; one that is full of removed slots is only cleared of them, or the index would grow for ever. */
    private void makeRoom(Page page, int tag) {
        if (page.removed < page.used / 2) {
            split(page, tag);
            return;
        }
        Page cleared = new Page(page.depth);
        replace(page, tag, cleared, cleared);
    }

    /** Takes a row out, if its id still points to it. */
    void remove(long high, long low, int row) {
        int tag = tag(high, low);
        Page page = page(tag);
        long[] slots = page.slots;
        long wanted = slot(tag, row);
        for (int at = slotOf(tag); slots[at] != EMPTY; at = (at + 1) & PAGE_MASK) {
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

    private Page page(int tag) {
        return depth == 0 ? directory[0] : directory[tag >>> (Integer.SIZE - depth)];
    }

    private static int slotOf(int tag) {
        return tag & PAGE_MASK;
    }

    private static long slot(int tag, int row) {
        return (long) tag << Integer.SIZE | (row + 2);
    }

    private static int tagOf(long slot) {
        return (int) (slot >>> Integer.SIZE);
    }

    private static void place(Page page, long slot) {
        int at = slotOf(tagOf(slot));
        while (page.slots[at] != EMPTY) {
            at = (at + 1) & PAGE_MASK;
        }
        page.slots[at] = slot;
        page.used++;
    }

    private void split(Page page, int tag) {
        if (page.depth == depth) {
            Page[] doubled = new Page[2 * directory.length];
            for (int i = 0; i < doubled.length; i++) {
                doubled[i] = directory[i >> 1];
            }
            directory = doubled;
            depth++;
        }
        replace(page, tag, new Page(page.depth + 1), new Page(page.depth + 1));
    }

    private void replace(Page page, int tag, Page low, Page high) {
        int span = 1 << (depth - page.depth);
        int first = depth == 0 ? 0 : tag >>> (Integer.SIZE - depth) & -span;
        Arrays.fill(directory, first, first + (span + 1) / 2, low);
        Arrays.fill(directory, first + (span + 1) / 2, first + span, high);
        for (long slot : page.slots) {
            if ((int) slot > REMOVED) {
                place(page(tagOf(slot)), slot);
            }
        }
    }

    private static int tag(long high, long low) {
        return (int) (hash(high, low) >>> Integer.SIZE);
    }

    static long hash(long high, long low) {
        long h = (high ^ Long.rotateLeft(low, 32)) * 0x9E37_79B9_7F4A_7C15L;
        h = (h ^ (h >>> 32)) * 0xD6E8_FEB8_6659_FD93L;
        return h ^ (h >>> 32);
    }
}
