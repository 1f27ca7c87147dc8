package io.tillstream.ledgersink.settlement.files;

/**
 * Record 8, Company/Batch Control: what the entries of the batch come to.
 *
 * @param serviceClassCode 02-04: as in the batch's header
 * @param tally 05-10 entry and addenda count, 11-20 entry hash, 21-32 debits, 33-44 credits
 * @param companyIdentification 45-54: as in the header; the authentication code 55-73 and 74-79 are blank
 * @param originatingDfi 80-87: as in the header
 * @param batchNumber 88-94: as in the header
 */
record BatchControl(
        int serviceClassCode, NachaTally tally, String companyIdentification, String originatingDfi, long batchNumber) {

    static BatchControl create(BatchHeader header, NachaTally tally) {
        return new BatchControl(
                header.serviceClassCode(),
                tally,
                header.companyIdentification(),
                header.originatingDfi(),
                header.batchNumber());
    }

    String line() {
        return new RecordWriter('8')
                .number(2, 4, "service class code", serviceClassCode)
                .number(5, 10, "entry/addenda count", tally.entryAddendaCount())
                .number(11, 20, "entry hash", tally.entryHash())
                .number(21, 32, "total debits", tally.debitCents())
                .number(33, 44, "total credits", tally.creditCents())
                .text(45, 54, "company identification", companyIdentification)
                .blank(55, 73)
                .blank(74, 79)
                .text(80, 87, "originating DFI", originatingDfi)
                .number(88, 94, "batch number", batchNumber)
                .end();
    }

    /** @param counted what the batch's entries really come to */
    static BatchControl read(RecordReader in, BatchHeader header, NachaTally counted) {
        int serviceClass = (int) in.number(2, 4, "service class code");
        in.require(
                serviceClass == header.serviceClassCode(), 2, 4, "service class code is not that of the batch header");
        NachaTally tally = new NachaTally(
                in.number(5, 10, "entry/addenda count"),
                in.number(11, 20, "entry hash"),
                in.number(21, 32, "total debits"),
                in.number(33, 44, "total credits"));
        counted.compare(in, tally, 5, 10);
        String company = in.text(45, 54, "company identification");
        in.require(
                company.equals(header.companyIdentification()),
                45,
                54,
                "company identification is not that of the batch header");
        in.blank(74, 79, "reserved");
        in.require(
                in.raw(80, 87).equals(header.originatingDfi()),
                80,
                87,
                "originating DFI is not that of the batch header");
        long batchNumber = in.number(88, 94, "batch number");
        in.require(batchNumber == header.batchNumber(), 88, 94, "batch number is not that of the batch header");
        return new BatchControl(serviceClass, tally, company, in.raw(80, 87), batchNumber);
    }
}
