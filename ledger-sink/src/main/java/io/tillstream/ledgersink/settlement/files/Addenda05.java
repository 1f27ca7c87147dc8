package io.tillstream.ledgersink.settlement.files;

/**
 * Record 7, Addenda type 05: what the payment is for; at most one for a CCD or PPD entry.
 *
 * @param paymentRelatedInformation 04-83: for CCD an ANSI ASC X12 segment; elements parted by *, ended by \
 * @param addendaSequenceNumber 84-87: 1 for the first
 * @param entryDetailSequenceNumber 88-94: the last seven digits of the entry's trace number
 */
record Addenda05(String paymentRelatedInformation, int addendaSequenceNumber, String entryDetailSequenceNumber) {

    private static final int INFORMATION_LENGTH_MAX = 80;

    /**
     * The segment REF: qualifier BT (batch number), the batch's id, a description. A description that does not fit is cut; a
     * batch id never is.
     */
    static Addenda05 create(String batchId, String description, String entryDetailSequenceNumber) {
        String beginning = "REF*BT*" + element(batchId) + "*";
        int room = INFORMATION_LENGTH_MAX - beginning.length() - 1;
        if (room < 0) {
            throw new FileRefusedException("batch id of " + batchId.length() + " characters does not fit an addenda");
        }
        String text = element(description);
        String cut = text.length() <= room ? text : text.substring(0, room);
        return new Addenda05(beginning + cut + "\\", 1, entryDetailSequenceNumber);
    }

    String line() {
        return new RecordWriter('7')
                .text(2, 3, "addenda type code", "05")
                .text(4, 83, "payment related information", paymentRelatedInformation)
                .number(84, 87, "addenda sequence number", addendaSequenceNumber)
                .text(88, 94, "entry detail sequence number", entryDetailSequenceNumber)
                .end();
    }

    static Addenda05 read(RecordReader in) {
        in.constant(2, 3, "addenda type code", "05");
        int sequence = (int) in.number(84, 87, "addenda sequence number");
        in.require(sequence == 1, 84, 87, "addenda sequence number is not 1");
        in.number(88, 94, "entry detail sequence number");
        return new Addenda05(in.text(4, 83, "payment related information"), sequence, in.raw(88, 94));
    }

    private static String element(String value) {
        if (value.indexOf('*') >= 0 || value.indexOf('\\') >= 0) {
            throw new FileRefusedException("* and \\ part the elements of an addenda: " + value);
        }
        return value;
    }
}
