package io.tillstream.ledgersink.settlement.files;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The columns of the payment-detail file, in order. New ones go to the end: finance reads them by place. */
enum PaymentDetailColumn {
    BATCH,
    PAYMENT,
    REFERENCE,
    CHANNEL,
    TENDER,
    /** When the payer paid, UTC and in the city's zone, to the second. */
    CREATED_UTC,
    CREATED_LOCAL,
    /** When it was posted. */
    POSTED_UTC,
    POSTED_LOCAL,
    TYPE,
    /** Decimals with the currency's digits; below zero when money goes back. net = gross - fee. */
    GROSS,
    FEE,
    NET,
    FUND,
    BILL_ACCOUNT,
    ACCOUNT,
    THROUGH,
    CURRENCY,
    EVENT;

    static final List<String> HEADER =
            Stream.of(values()).map(PaymentDetailColumn::title).toList();

    String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Place in a line, from 0: the order above is the order of the file. */
    @SuppressWarnings("EnumOrdinal")
    int place() {
        return ordinal();
    }

    boolean isAmount() {
        return this == GROSS || this == FEE || this == NET;
    }
}
