package io.tillstream.ledgersink.settlement.files;

/**
 * Record 9, File Control: what the batches of the file come to.
 *
 * @param batchCount 02-07: records 5
 * @param blockCount 08-13: blocks of ten records, this one and the padding included
 * @param tally 14-21 entry and addenda count, 22-31 entry hash, 32-43 debits, 44-55 credits; 56-94 is blank
 */
record FileControl(long batchCount, long blockCount, NachaTally tally) {

    static final int BLOCKING_FACTOR = 10;

    /** @param recordCount all records of the file without padding */
    static FileControl create(long batchCount, long recordCount, NachaTally tally) {
        return new FileControl(batchCount, blocks(recordCount), tally);
    }

    static long blocks(long recordCount) {
        return (recordCount + BLOCKING_FACTOR - 1) / BLOCKING_FACTOR;
    }

    String line() {
        return new RecordWriter('9')
                .number(2, 7, "batch count", batchCount)
                .number(8, 13, "block count", blockCount)
                .number(14, 21, "entry/addenda count", tally.entryAddendaCount())
                .number(22, 31, "entry hash", tally.entryHash())
                .number(32, 43, "total debits", tally.debitCents())
                .number(44, 55, "total credits", tally.creditCents())
                .blank(56, 94)
                .end();
    }

    /**
     * @param batchesCounted records 5 of the file
     * @param blocksCounted its records, padding included, by ten
     * @param counted what its entries really come to
     */
    static FileControl read(RecordReader in, long batchesCounted, long blocksCounted, NachaTally counted) {
        long batchCount = in.number(2, 7, "batch count");
        in.require(
                batchCount == batchesCounted,
                2,
                7,
                "batch count is " + batchCount + ", the file has " + batchesCounted);
        long blockCount = in.number(8, 13, "block count");
        in.require(
                blockCount == blocksCounted, 8, 13, "block count is " + blockCount + ", the file has " + blocksCounted);
        NachaTally tally = new NachaTally(
                in.number(14, 21, "entry/addenda count"),
                in.number(22, 31, "entry hash"),
                in.number(32, 43, "total debits"),
                in.number(44, 55, "total credits"));
        counted.compare(in, tally, 14, 21);
        in.blank(56, 94, "reserved");
        return new FileControl(batchCount, blockCount, tally);
    }
}
