package io.tillstream.ledgersink.settlement.files;

import static io.tillstream.ledgersink.settlement.files.PaymentDetailColumn.BATCH;
import static io.tillstream.ledgersink.settlement.files.PaymentDetailColumn.CREATED_LOCAL;
import static io.tillstream.ledgersink.settlement.files.PaymentDetailColumn.CREATED_UTC;
import static io.tillstream.ledgersink.settlement.files.PaymentDetailColumn.CURRENCY;
import static io.tillstream.ledgersink.settlement.files.PaymentDetailColumn.FEE;
import static io.tillstream.ledgersink.settlement.files.PaymentDetailColumn.GROSS;
import static io.tillstream.ledgersink.settlement.files.PaymentDetailColumn.NET;
import static io.tillstream.ledgersink.settlement.files.PaymentDetailColumn.POSTED_LOCAL;
import static io.tillstream.ledgersink.settlement.files.PaymentDetailColumn.POSTED_UTC;
import static io.tillstream.ledgersink.settlement.files.PaymentDetailColumn.TYPE;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.tillstream.ledgersink.settlement.BatchContents;
import io.tillstream.schemas.Money;
import io.tillstream.schemas.PaymentEventType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads a payment-detail file again and foots it: every column of every settlement line equals the sum of its details. Only
 * reads; the first thing that is wrong is named with its line and column.
 */
final class PaymentDetailValidator {

    private final BatchContents batch;
    private final Map<PaymentDetailSums.Key, PaymentDetailSums> counted = new HashMap<>();
    private long records;

    /** Of the record being read. */
    private CsvRecord cells;

    private PaymentDetailValidator(BatchContents batch) {
        this.batch = batch;
    }

    /** Control totals of the file. */
    static ControlTotals check(BatchContents batch, Path file) throws IOException {
        PaymentDetailValidator validator = new PaymentDetailValidator(batch);
        validator.read(file);
        validator.foot();
        return validator.totals();
    }

    private void read(Path file) throws IOException {
        // Lines of another length, also empty ones, are refused below, with their place.
        CsvReader.CsvReaderBuilder csv = CsvReader.builder()
                .skipEmptyLines(false)
                .allowUnclosedQuote(false)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE);
        try (CsvReader<CsvRecord> reader = csv.ofCsvRecord(file, StandardCharsets.UTF_8);
                CloseableIterator<CsvRecord> iterator = reader.iterator()) {
            if (!iterator.hasNext() || !iterator.next().getFields().equals(PaymentDetailColumn.HEADER)) {
                throw new FileRefusedException("line 1: not the header " + PaymentDetailColumn.HEADER);
            }
            while (iterator.hasNext()) {
                cells = iterator.next();
                detail();
            }
        } catch (CsvParseException e) {
            FileRefusedException refused = new FileRefusedException("not a CSV file: " + e.getMessage());
            refused.initCause(e);
            throw refused;
        }
    }

    private void detail() {
        if (cells.getFieldCount() != PaymentDetailColumn.HEADER.size()) {
            throw new FileRefusedException("line " + cells.getStartingLineNumber() + ": " + cells.getFieldCount()
                    + " cells, the header has " + PaymentDetailColumn.HEADER.size());
        }
        for (PaymentDetailColumn column : PaymentDetailColumn.values()) {
            require(column.isAmount() || !FormulaGuard.isFormula(cell(column)), column, "begins as a formula");
        }
        require(cell(BATCH).equals(batch.batchId()), BATCH, "is not " + batch.batchId());
        require(cell(CURRENCY).equals(batch.currency()), CURRENCY, "is not " + batch.currency());
        sameInstant(CREATED_UTC, CREATED_LOCAL);
        sameInstant(POSTED_UTC, POSTED_LOCAL);
        long gross = amount(GROSS);
        long fee = amount(FEE);
        long net = amount(NET);
        require(Math.subtractExact(gross, fee) == net, NET, "is not gross - fee");
        PaymentDetailSums sums = sums(gross, fee, net);
        var key = new PaymentDetailSums.Key(
                cell(PaymentDetailColumn.THROUGH), cell(PaymentDetailColumn.TENDER), cell(PaymentDetailColumn.ACCOUNT));
        counted.merge(key, sums, PaymentDetailSums::plus);
        records++;
    }

    private PaymentDetailSums sums(long gross, long fee, long net) {
        try {
            return PaymentDetailSums.of(PaymentEventType.valueOf(cell(TYPE)), gross, fee, net);
        } catch (IllegalArgumentException e) {
            throw refused(TYPE, "makes no settlement line", e);
        }
    }

    /** An amount only as the writer's own form of it, so that 1e3, 1,000.00, .5 and -0.00 are none. */
    private long amount(PaymentDetailColumn column) {
        try {
            long minorUnits = Money.parse(cell(column), batch.currency());
            require(
                    Money.format(minorUnits, batch.currency()).equals(cell(column)),
                    column,
                    "is not a plain amount in " + batch.currency());
            return minorUnits;
        } catch (NumberFormatException | ArithmeticException e) {
            throw refused(column, "is not a plain amount in " + batch.currency(), e);
        }
    }

    private void sameInstant(PaymentDetailColumn utcColumn, PaymentDetailColumn localColumn) {
        try {
            Instant utc = Instant.parse(cell(utcColumn));
            OffsetDateTime local = OffsetDateTime.parse(cell(localColumn), PaymentDetailCsv.LOCAL);
            boolean agree = local.toInstant().equals(utc)
                    && batch.timeZone().getRules().getOffset(utc).equals(local.getOffset());
            require(agree, localColumn, "is not " + utcColumn.title() + " in " + batch.timeZone());
        } catch (DateTimeException e) {
            throw refused(utcColumn, "or " + localColumn.title() + " is not a time", e);
        }
    }

    private void foot() {
        Map<PaymentDetailSums.Key, PaymentDetailSums> expected = new HashMap<>();
        for (BatchContents.Line line : batch.lines()) {
            var key = new PaymentDetailSums.Key(line.through(), line.tender(), line.account());
            expected.merge(key, PaymentDetailSums.of(line), PaymentDetailSums::plus);
        }
        expected.forEach((key, line) -> {
            PaymentDetailSums details = counted.getOrDefault(key, PaymentDetailSums.NONE);
            if (!details.equals(line)) {
                throw new FileRefusedException("details of " + key + " come to " + details + ", the line is " + line);
            }
        });
        for (PaymentDetailSums.Key key : counted.keySet()) {
            if (!expected.containsKey(key)) {
                throw new FileRefusedException("the batch has no line for details of " + key);
            }
        }
    }

    private ControlTotals totals() {
        PaymentDetailSums all = counted.values().stream().reduce(PaymentDetailSums.NONE, PaymentDetailSums::plus);
        String currency = batch.currency();
        return new ControlTotals(all.net())
                .with("batch", batch.batchId())
                .with("currency", currency)
                .with("records", records)
                .with("gross", Money.format(all.gross(), currency))
                .with("voids", Money.format(all.voids(), currency))
                .with("refunds", Money.format(all.refunds(), currency))
                .with("chargebacks", Money.format(all.chargebacks(), currency))
                .with("returns", Money.format(all.returns(), currency))
                .with("fees", Money.format(all.fees(), currency))
                .with("net", Money.format(all.net(), currency));
    }

    private String cell(PaymentDetailColumn column) {
        return cells.getField(column.place());
    }

    private void require(boolean holds, PaymentDetailColumn column, String rule) {
        if (!holds) {
            throw refused(column, rule, null);
        }
    }

    private FileRefusedException refused(PaymentDetailColumn column, String rule, Throwable cause) {
        String place = "line " + cells.getStartingLineNumber() + ", column " + column.title();
        FileRefusedException refused = new FileRefusedException(place + ": " + rule);
        refused.initCause(cause);
        return refused;
    }
}
