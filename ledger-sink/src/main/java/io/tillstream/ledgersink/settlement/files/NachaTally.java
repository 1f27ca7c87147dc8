package io.tillstream.ledgersink.settlement.files;

/**
 * What the entries of a batch, or of a file, come to.
 *
 * @param entryAddendaCount records 6 and 7
 * @param entryHash sum of the receivers' eight-digit routing numbers, of which ten digits are kept
 * @param debitCents sum of the debits
 * @param creditCents sum of the credits
 */
record NachaTally(long entryAddendaCount, long entryHash, long debitCents, long creditCents) {

    static final NachaTally NONE = new NachaTally(0, 0, 0, 0);

    /** Twelve digits: the widest total of a batch or file. */
    static final long TOTAL_CENTS_MAX = 999_999_999_999L;

    private static final long HASH_MODULUS = 10_000_000_000L;

    NachaTally plusEntry(EntryDetail entry) {
        return new NachaTally(
                entryAddendaCount + 1,
                (entryHash + hash(entry.receivingDfi())) % HASH_MODULUS,
                Math.addExact(debitCents, entry.transactionCode().isCredit() ? 0 : entry.amountCents()),
                Math.addExact(creditCents, entry.transactionCode().isCredit() ? entry.amountCents() : 0));
    }

    NachaTally plusAddenda() {
        return new NachaTally(entryAddendaCount + 1, entryHash, debitCents, creditCents);
    }

    NachaTally plus(NachaTally other) {
        return new NachaTally(
                entryAddendaCount + other.entryAddendaCount,
                (entryHash + other.entryHash) % HASH_MODULUS,
                Math.addExact(debitCents, other.debitCents),
                Math.addExact(creditCents, other.creditCents));
    }

    /**
     * Notes where a control record says otherwise. In both control records the four fields stand side by side: the count in
     * {@code countFrom} to {@code countTo}, then a hash of ten columns and two totals of twelve.
     */
    void compare(RecordReader in, NachaTally said, int countFrom, int countTo) {
        int hashTo = countTo + 10;
        int debitTo = hashTo + 12;
        int creditTo = debitTo + 12;
        differ(in, countFrom, countTo, "entry/addenda count", said.entryAddendaCount, entryAddendaCount);
        differ(in, countTo + 1, hashTo, "entry hash", said.entryHash, entryHash);
        differ(in, hashTo + 1, debitTo, "total debits", said.debitCents, debitCents);
        differ(in, debitTo + 1, creditTo, "total credits", said.creditCents, creditCents);
    }

    private static void differ(RecordReader in, int from, int to, String field, long said, long counted) {
        in.require(said == counted, from, to, field + " is " + said + ", the entries give " + counted);
    }

    /** A routing number that is none was noted when its entry was read. */
    private static long hash(String receivingDfi) {
        return receivingDfi.matches("[0-9]{8}") ? Long.parseLong(receivingDfi) : 0;
    }
}
