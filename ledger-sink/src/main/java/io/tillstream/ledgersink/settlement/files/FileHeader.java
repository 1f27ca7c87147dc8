package io.tillstream.ledgersink.settlement.files;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;

/**
 * Record 1, File Header: who sends the file to whom, and when it was made.
 *
 * @param immediateDestination 04-13: a blank and the nine-digit routing number of the receiving point
 * @param immediateOrigin 14-23: the sender, ten digits, or a blank and nine
 * @param fileCreationDate 24-29: YYMMDD
 * @param fileCreationTime 30-33: HHMM, 24-hour clock; optional
 * @param fileIdModifier 34: A-Z or 0-9; tells files of the same origin and day apart
 * @param immediateDestinationName 41-63
 * @param immediateOriginName 64-86
 * @param referenceCode 87-94: for the sender's own accounting; optional
 */
record FileHeader(
        String immediateDestination,
        String immediateOrigin,
        LocalDate fileCreationDate,
        String fileCreationTime,
        char fileIdModifier,
        String immediateDestinationName,
        String immediateOriginName,
        String referenceCode) {

    static final String MODIFIERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    private static final DateTimeFormatter HHMM = DateTimeFormatter.ofPattern("HHmm");

    /**
     * The header of the only file that a business date gives its origin.
     *
     * <p>The modifier must be unique per origin and day, and nothing but the batch may be asked, or writing again would give
     * other bytes. An origin belongs to one tenant, which is checked when tenants are applied. So it counts the days between business date and creation: A when the date is closed on itself; two dates
     * that are closed on one day, after a stoppage, get different letters.
     *
     * @param created in the tenant's zone
     */
    static FileHeader create(
            String destination,
            String destinationName,
            String origin,
            String originName,
            LocalDate businessDate,
            LocalDateTime created) {
        long daysLate = created.toLocalDate().toEpochDay() - businessDate.toEpochDay();
        char modifier = MODIFIERS.charAt((int) Math.floorMod(daysLate, (long) MODIFIERS.length()));
        return new FileHeader(
                destination,
                origin,
                created.toLocalDate(),
                HHMM.format(created),
                modifier,
                destinationName,
                originName,
                DateTimeFormatter.BASIC_ISO_DATE.format(businessDate));
    }

    String line() {
        return new RecordWriter('1')
                .text(2, 3, "priority code", "01")
                .textRight(4, 13, "immediate destination", immediateDestination)
                .textRight(14, 23, "immediate origin", immediateOrigin)
                .text(24, 29, "file creation date", RecordReader.YYMMDD.format(fileCreationDate))
                .text(30, 33, "file creation time", fileCreationTime)
                .text(34, 34, "file id modifier", String.valueOf(fileIdModifier))
                .text(35, 37, "record size", "094")
                .text(38, 39, "blocking factor", "10")
                .text(40, 40, "format code", "1")
                .text(41, 63, "immediate destination name", immediateDestinationName)
                .text(64, 86, "immediate origin name", immediateOriginName)
                .text(87, 94, "reference code", referenceCode)
                .end();
    }

    static FileHeader read(RecordReader in) {
        in.constant(2, 3, "priority code", "01");
        String destination = in.raw(4, 13);
        in.require(
                destination.charAt(0) == ' ' && RoutingNumber.isValid(destination.substring(1)),
                4,
                13,
                "immediate destination is not a blank and a routing number with its check digit");
        String origin = in.raw(14, 23);
        in.require(
                origin.matches("[ 0-9][0-9]{9}"),
                14,
                23,
                "immediate origin is neither ten digits nor a blank and nine");
        LocalDate date = in.date(24, 29, "file creation date");
        String time = in.text(30, 33, "file creation time");
        in.require(
                time.isEmpty() || time.matches("([01][0-9]|2[0-3])[0-5][0-9]"),
                30,
                33,
                "file creation time is not HHMM");
        char modifier = in.raw(34, 34).charAt(0);
        in.require(MODIFIERS.indexOf(modifier) >= 0, 34, 34, "file id modifier is not A-Z or 0-9");
        in.constant(35, 37, "record size", "094");
        in.constant(38, 39, "blocking factor", "10");
        in.constant(40, 40, "format code", "1");
        return new FileHeader(
                destination.strip(),
                origin.strip(),
                date,
                time,
                modifier,
                in.filled(41, 63, "immediate destination name"),
                in.filled(64, 86, "immediate origin name"),
                in.text(87, 94, "reference code"));
    }
}
