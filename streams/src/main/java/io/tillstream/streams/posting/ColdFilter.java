package io.tillstream.streams.posting;

/**
 * Tells of most ids that they are not there, and of each that is that it may be. A Bloom filter in blocks of eight longs, one bit in
 * each, so that an answer looks at one or two cache lines; at 16 bits an id one answer in a thousand is a false "maybe", and a look-up
 * asks about ten filters.
 * Its pages are made when they are first written to, so that a large filter never stops the thread.
 */
class ColdFilter {
    private static final int BITS_OF_ID = 16;
    private static final int LONGS_OF_BLOCK = 8;
    private static final int BITS_OF_BLOCK = LONGS_OF_BLOCK * Long.SIZE;
    private static final int PAGE_BITS = 10;
    private static final int BLOCKS_OF_PAGE = 1 << PAGE_BITS;
    /** Bits of a hash that choose one of a long's. */
    private static final int STEP = 6;

    private final int blocks;
    private final long[][] pages;

    /** @param ids that it is good for; with more it answers "maybe" too often */
    ColdFilter(int ids) {
        blocks = Math.toIntExact(((long) ids * BITS_OF_ID) / BITS_OF_BLOCK + 1);
        pages = new long[((blocks - 1) >> PAGE_BITS) + 1][];
    }

    /** @param hash of the id, as {@link IdIndex} has it */
    void add(long hash) {
        int block = block(hash);
        long[] page = pages[block >> PAGE_BITS];
        if (page == null) {
            page = new long[BLOCKS_OF_PAGE * LONGS_OF_BLOCK];
            pages[block >> PAGE_BITS] = page;
        }
        int at = at(block);
        long choices = choices(hash);
        for (int i = 0; i < LONGS_OF_BLOCK; i++) {
            page[at + i] |= 1L << (choices >>> (i * STEP)); // a shift takes the lowest six bits
        }
    }

    /** False only if the id has not been added. Overridden only by a test that shows what happens otherwise. */
    boolean mayHold(long hash) {
        int block = block(hash);
        long[] page = pages[block >> PAGE_BITS];
        if (page == null) {
            return false;
        }
        int at = at(block);
        long choices = choices(hash);
        for (int i = 0; i < LONGS_OF_BLOCK; i++) {
            if ((page[at + i] & (1L << (choices >>> (i * STEP)))) == 0) {
                return false;
            }
        }
        return true;
    }

    long bytes() {
        long bytes = 0;
        for (long[] page : pages) {
            bytes += page == null ? 0 : 8L * page.length;
        }
        return bytes;
    }

    private int block(long hash) {
        return (int) (((hash >>> 32) * blocks) >>> 32);
    }

    private static int at(int block) {
        return (block & (BLOCKS_OF_PAGE - 1)) * LONGS_OF_BLOCK;
    }

    private static long choices(long hash) {
        return (hash * 0x9E37_79B9_7F4A_7C15L) >>> 16;
    }
}
