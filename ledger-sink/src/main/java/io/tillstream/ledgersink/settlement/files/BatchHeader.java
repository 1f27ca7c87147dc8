package io.tillstream.ledgersink.settlement.files;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/**
 * Record 5, Company/Batch Header: who originates the entries of a batch, what for, and when they are due.
 *
 * @param serviceClassCode 02-04: 200 mixed, 220 credits only, 225 debits only
 * @param companyName 05-20
 * @param companyDiscretionaryData 21-40: as the originating bank wants it; here blank
 * @param companyIdentification 41-50: ten characters, given by the originating bank
 * @param standardEntryClassCode 51-53: CCD between companies, PPD to people
 * @param companyEntryDescription 54-63: what the receiver reads on the statement
 * @param companyDescriptiveDate 64-69: for the receiver, not for timing; here the business date
 * @param effectiveEntryDate 70-75: the banking day on which it should settle; the operator puts the settlement date in 76-78
 * @param originatingDfi 80-87: first eight digits of the originating bank's routing number
 * @param batchNumber 88-94: rising within the file
 */
record BatchHeader(
        int serviceClassCode,
        String companyName,
        String companyDiscretionaryData,
        String companyIdentification,
        String standardEntryClassCode,
        String companyEntryDescription,
        LocalDate companyDescriptiveDate,
        LocalDate effectiveEntryDate,
        String originatingDfi,
        long batchNumber) {

    /** Since 20 March 2026 these name wages (PPD) and online purchases (WEB); on a settlement they would be false. */
    private static final List<String> RESERVED = List.of("PAYROLL", "PURCHASE");

    String line() {
        return new RecordWriter('5')
                .number(2, 4, "service class code", serviceClassCode)
                .text(5, 20, "company name", companyName)
                .text(21, 40, "company discretionary data", companyDiscretionaryData)
                .text(41, 50, "company identification", companyIdentification)
                .text(51, 53, "standard entry class code", standardEntryClassCode)
                .text(54, 63, "company entry description", companyEntryDescription)
                .text(64, 69, "company descriptive date", RecordReader.YYMMDD.format(companyDescriptiveDate))
                .text(70, 75, "effective entry date", RecordReader.YYMMDD.format(effectiveEntryDate))
                .blank(76, 78)
                .text(79, 79, "originator status code", "1")
                .text(80, 87, "originating DFI", originatingDfi)
                .number(88, 94, "batch number", batchNumber)
                .end();
    }

    static BatchHeader read(RecordReader in) {
        int serviceClass = (int) in.number(2, 4, "service class code");
        in.require(ServiceClass.of(serviceClass).isPresent(), 2, 4, "service class code is not 200, 220 or 225");
        String companyName = in.filled(5, 20, "company name");
        String discretionary = in.text(21, 40, "company discretionary data");
        String company = in.filled(41, 50, "company identification");
        in.require(company.length() == 10, 41, 50, "company identification is not ten characters");
        String entryClass = in.filled(51, 53, "standard entry class code");
        in.require(
                entryClass.equals("CCD") || entryClass.equals("PPD"),
                51,
                53,
                "standard entry class code is not CCD or PPD");
        String description = in.filled(54, 63, "company entry description");
        in.require(!isReserved(description), 54, 63, "company entry description " + description + " is reserved");
        LocalDate descriptiveDate = in.date(64, 69, "company descriptive date");
        LocalDate effective = in.date(70, 75, "effective entry date");
        in.blank(76, 78, "settlement date");
        in.constant(79, 79, "originator status code", "1");
        in.number(80, 87, "originating DFI");
        long batchNumber = in.number(88, 94, "batch number");
        in.require(batchNumber > 0, 88, 94, "batch number is zero");
        return new BatchHeader(
                serviceClass,
                companyName,
                discretionary,
                company,
                entryClass,
                description,
                descriptiveDate,
                effective,
                in.raw(80, 87),
                batchNumber);
    }

    /** Also as a beginning ("PAYROLL 12") and in small letters: a bank's filter looks for the word. */
    private static boolean isReserved(String description) {
        String upper = description.toUpperCase(Locale.ROOT);
        return RESERVED.stream().anyMatch(upper::startsWith);
    }
}
