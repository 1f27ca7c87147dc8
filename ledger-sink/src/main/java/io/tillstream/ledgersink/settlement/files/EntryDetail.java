package io.tillstream.ledgersink.settlement.files;

/**
 * Record 6, Entry Detail (CCD, PPD): one amount to or from one account.
 *
 * @param transactionCode 02-03: kind of account, credit or debit
 * @param receivingDfi 04-11: first eight digits of the receiver's routing number
 * @param checkDigit 12: its ninth digit
 * @param dfiAccountNumber 13-29: the account, left-justified
 * @param amountCents 30-39: zero only with a zero-dollar code
 * @param identificationNumber 40-54: the originator's own reference; optional
 * @param receivingCompanyName 55-76: the receiver
 * @param addenda 79: 1 if a record 7 follows, else 0
 * @param traceNumber 80-94: the originating bank's eight digits and seven that rise within the batch
 */
record EntryDetail(
        TransactionCode transactionCode,
        String receivingDfi,
        int checkDigit,
        String dfiAccountNumber,
        long amountCents,
        String identificationNumber,
        String receivingCompanyName,
        boolean addenda,
        String traceNumber) {

    /** Ten digits. */
    static final long AMOUNT_CENTS_MAX = 9_999_999_999L;

    String line() {
        return new RecordWriter('6')
                .number(2, 3, "transaction code", transactionCode.code())
                .text(4, 11, "receiving DFI", receivingDfi)
                .number(12, 12, "check digit", checkDigit)
                .text(13, 29, "DFI account number", dfiAccountNumber)
                .number(30, 39, "amount", amountCents)
                .text(40, 54, "identification number", identificationNumber)
                .text(55, 76, "receiving company name", receivingCompanyName)
                .blank(77, 78)
                .number(79, 79, "addenda record indicator", addenda ? 1 : 0)
                .text(80, 94, "trace number", traceNumber)
                .end();
    }

    /** A transaction code that is none is noted and read as a checking credit, so that the rest can be read. */
    static EntryDetail read(RecordReader in) {
        var code = TransactionCode.of(in.number(2, 3, "transaction code"));
        in.require(code.isPresent(), 2, 3, "transaction code is not 22, 24, 27, 32, 34 or 37");
        TransactionCode transactionCode = code.orElse(TransactionCode.CHECKING_CREDIT);
        in.number(4, 11, "receiving DFI");
        int checkDigit = (int) in.number(12, 12, "check digit");
        in.require(RoutingNumber.isValid(in.raw(4, 12)), 12, 12, "check digit does not fit the receiving DFI");
        String account = in.filled(13, 29, "DFI account number");
        in.require(
                account.matches("[0-9A-Za-z -]*"),
                13,
                29,
                "DFI account number has other than letters, digits, - and space");
        long amount = in.number(30, 39, "amount");
        if (code.isPresent()) {
            in.require(
                    (amount != 0) == transactionCode.movesMoney(),
                    30,
                    39,
                    transactionCode.movesMoney()
                            ? "amount is zero, which needs transaction code 24 or 34"
                            : "amount is not zero with transaction code " + transactionCode.code());
        }
        String addenda = in.raw(79, 79);
        in.require(addenda.matches("[01]"), 79, 79, "addenda record indicator is not 0 or 1");
        in.require(transactionCode.movesMoney() || addenda.equals("1"), 79, 79, "a zero-dollar entry has no addenda");
        in.number(80, 94, "trace number");
        return new EntryDetail(
                transactionCode,
                in.raw(4, 11),
                checkDigit,
                account,
                amount,
                in.text(40, 54, "identification number"),
                in.filled(55, 76, "receiving company name"),
                addenda.equals("1"),
                in.raw(80, 94));
    }

    String routingNumber() {
        return receivingDfi + checkDigit;
    }

    /** The last seven digits of the trace number. */
    String sequence() {
        return traceNumber.substring(8);
    }

    /** What the receiver's account gains; negative for a debit. */
    long signedCents() {
        return transactionCode.isCredit() ? amountCents : -amountCents;
    }
}
