package io.tillstream.ledgersink.settlement.files;

import static java.time.temporal.ChronoUnit.SECONDS;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.tillstream.ledgersink.settlement.BatchContents;
import io.tillstream.ledgersink.settlement.BatchContents.PaymentDetail;
import io.tillstream.ledgersink.settlement.SettlementFormat;
import io.tillstream.ledgersink.settlement.WrittenFile;
import io.tillstream.schemas.Money;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The payment-detail file: a header and a line for each item of each entry of a batch, so that finance gets from a batch to
 * its payments. RFC 4180: UTF-8, CRLF, quotes where needed; columns as {@link PaymentDetailColumn}. No trailer: totals stand
 * in the file beside it. A batch of a million lines passes through; it is never in memory as a whole.
 */
public final class PaymentDetailCsv implements SettlementFormat {

    /** Local time with its offset, so that the hour that autumn repeats is told apart. */
    static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx");

    @Override
    public String name() {
        return "payment-detail";
    }

    @Override
    public String extension() {
        return "csv";
    }

    /** @throws FileRefusedException naming the line and column, or the total that does not foot; nothing is released then */
    @Override
    public WrittenFile write(BatchContents batch, Path directory) throws IOException {
        AtomicFile target = new AtomicFile(directory, fileName(batch), name());
        return target.release(out -> lines(batch, out), written -> PaymentDetailValidator.check(batch, written));
    }

    /** The caller closes {@code out}. */
    private static void lines(BatchContents batch, OutputStream out) throws IOException {
        CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(out, StandardCharsets.UTF_8);
        try (Stream<PaymentDetail> details = batch.payments().open()) {
            csv.writeRecord(PaymentDetailColumn.HEADER);
            details.forEachOrdered(
                    detail -> csv.writeRecord(cells(batch, detail).values()));
            csv.flush();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static Map<PaymentDetailColumn, String> cells(BatchContents batch, PaymentDetail detail) {
        Map<PaymentDetailColumn, String> cells = new EnumMap<>(PaymentDetailColumn.class);
        cells.put(PaymentDetailColumn.BATCH, detail.batchId());
        cells.put(PaymentDetailColumn.PAYMENT, detail.paymentId().toString());
        cells.put(PaymentDetailColumn.REFERENCE, detail.clientReference());
        cells.put(PaymentDetailColumn.CHANNEL, detail.channel());
        cells.put(PaymentDetailColumn.TENDER, detail.tender());
        cells.put(PaymentDetailColumn.CREATED_UTC, utc(detail.occurredAt()));
        cells.put(PaymentDetailColumn.CREATED_LOCAL, local(detail.occurredAt(), batch.timeZone()));
        cells.put(PaymentDetailColumn.POSTED_UTC, utc(detail.recordedAt()));
        cells.put(PaymentDetailColumn.POSTED_LOCAL, local(detail.recordedAt(), batch.timeZone()));
        cells.put(PaymentDetailColumn.TYPE, detail.eventType());
        cells.put(PaymentDetailColumn.FUND, detail.fund());
        cells.put(PaymentDetailColumn.BILL_ACCOUNT, detail.billAccount());
        cells.put(PaymentDetailColumn.ACCOUNT, detail.account());
        cells.put(PaymentDetailColumn.THROUGH, detail.through());
        cells.put(PaymentDetailColumn.CURRENCY, batch.currency());
        cells.put(PaymentDetailColumn.EVENT, detail.eventId().toString());
        cells.replaceAll((column, text) -> FormulaGuard.guard(text));
        // Only after the guard: an amount that begins with - is a number.
        cells.put(PaymentDetailColumn.GROSS, Money.format(detail.gross(), batch.currency()));
        cells.put(PaymentDetailColumn.FEE, Money.format(detail.fee(), batch.currency()));
        cells.put(PaymentDetailColumn.NET, Money.format(detail.net(), batch.currency()));
        return cells;
    }

    private static String utc(Instant instant) {
        return instant.truncatedTo(SECONDS).toString();
    }

    private static String local(Instant instant, ZoneId zone) {
        return LOCAL.format(instant.truncatedTo(SECONDS).atZone(zone));
    }
}
