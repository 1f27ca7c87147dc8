package io.tillstream.ledgersink.settlement.files;

import static java.util.Objects.requireNonNull;

import io.tillstream.ledgersink.calendar.BankCalendar;
import io.tillstream.ledgersink.settlement.BatchContents;
import io.tillstream.ledgersink.settlement.SettlementFormat;
import io.tillstream.ledgersink.settlement.WrittenFile;
import io.tillstream.schemas.BankDetails;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The NACHA file that pays a batch to the city's bank account: SEC code CCD, one batch, an entry per processor. A processor
 * whose lines net above zero is a credit, below zero a debit, and zero gives none. Only what went through clearing is paid by
 * ACH: what is in a till the city takes to the bank itself. An addenda names the batch and the processor.
 *
 * <p>When no processor owes anything, the standard still wants a batch with an entry ({@code 1 (5 (6 7*)+ 8)+ 9}): a file of
 * header and control alone is against it, though some banks take it. But the standard has an entry for news without money, zero
 * dollar with remittance data (transaction code 24, savings 34; CCD, with one addenda). The file of such a day holds one, with
 * NO PAYMENT in the place of the processor; so every day's file keeps the standard, and the bank account shows that the day was
 * settled.
 *
 * <p>An amount of more than ten digits is split into several entries; a total of more than twelve is refused. The file is not
 * balanced: the originating bank books the offset. The effective entry date is the banking day after the business date.
 */
public final class NachaCcd implements SettlementFormat {

    static final String NO_PAYMENT = "NO PAYMENT";

    private final BankCalendar calendar;
    private final LineEnd lineEnd;

    /**
     * @param calendar which dates settle
     * @param lineEnd as the receiving bank wants it
     */
    public NachaCcd(BankCalendar calendar, LineEnd lineEnd) {
        this.calendar = requireNonNull(calendar, "calendar");
        this.lineEnd = requireNonNull(lineEnd, "lineEnd");
    }

    @Override
    public String name() {
        return "nacha-ccd";
    }

    @Override
    public String extension() {
        return "ach";
    }

    /** @throws FileRefusedException naming the field, or the line, columns and rule; nothing is released then */
    @Override
    public WrittenFile write(BatchContents batch, Path directory) throws IOException {
        byte[] file = compose(batch).bytes(lineEnd);
        AtomicFile target = new AtomicFile(directory, fileName(batch), name());
        return target.release(
                out -> out.write(file), written -> NachaFooting.check(batch, Files.readAllBytes(written)));
    }

    private NachaFile compose(BatchContents batch) {
        if (!batch.currency().equals("USD")) {
            throw new FileRefusedException("ACH pays US dollars, the batch is in " + batch.currency());
        }
        Map<String, Long> nets = NachaFooting.processorNets(batch);
        refuseLargeTotals(nets);
        List<NachaFile.Payment> payments = new ArrayList<>();
        nets.forEach((processor, net) -> pay(batch, processor, net, payments));
        if (payments.isEmpty()) {
            add(batch, TransactionCode.zero(batch.bank().getSavings()), 0, NO_PAYMENT, payments);
        }
        BankDetails bank = batch.bank();
        FileHeader header = FileHeader.create(
                bank.getImmediateDestination(),
                bank.getImmediateDestinationName(),
                bank.getImmediateOrigin(),
                bank.getImmediateOriginName(),
                batch.businessDate(),
                batch.closedAt().atZone(batch.timeZone()).toLocalDateTime());
        return new NachaFile(header, batchHeader(batch, payments), payments);
    }

    private BatchHeader batchHeader(BatchContents batch, List<NachaFile.Payment> payments) {
        boolean credits = payments.stream()
                .anyMatch(payment -> payment.entry().transactionCode().isCredit());
        boolean debits = payments.stream()
                .anyMatch(payment -> !payment.entry().transactionCode().isCredit());
        BankDetails bank = batch.bank();
        return new BatchHeader(
                ServiceClass.of(credits, debits).code(),
                bank.getCompanyName(),
                "",
                bank.getCompanyId(),
                "CCD",
                bank.getEntryDescription(),
                batch.businessDate(),
                calendar.nextOpenAfter(batch.businessDate()),
                bank.getOdfi(),
                1);
    }

    /** Entries for what one processor owes, each of at most ten digits. */
    private static void pay(BatchContents batch, String processor, long net, List<NachaFile.Payment> payments) {
        boolean savings = batch.bank().getSavings();
        TransactionCode code = net > 0 ? TransactionCode.credit(savings) : TransactionCode.debit(savings);
        long left = Math.abs(net);
        while (left > 0) {
            long amount = Math.min(left, EntryDetail.AMOUNT_CENTS_MAX);
            add(batch, code, amount, processor, payments);
            left -= amount;
        }
    }

    private static void add(
            BatchContents batch,
            TransactionCode code,
            long amount,
            String processor,
            List<NachaFile.Payment> payments) {
        BankDetails bank = batch.bank();
        String routing = bank.getRoutingNumber();
        if (!RoutingNumber.isValid(routing)) {
            throw new FileRefusedException(
                    "routing number of the city's bank is not nine digits with their check digit");
        }
        int number = payments.size() + 1;
        EntryDetail entry = new EntryDetail(
                code,
                routing.substring(0, 8),
                routing.charAt(8) - '0',
                bank.getAccountNumber(),
                amount,
                DateTimeFormatter.BASIC_ISO_DATE.format(batch.businessDate()) + "-" + number,
                bank.getAccountName(),
                true,
                bank.getOdfi() + String.format("%07d", number));
        payments.add(new NachaFile.Payment(entry, Addenda05.create(batch.batchId(), processor, entry.sequence())));
    }

    /** Before amounts are split, so that a broken net does not make a file without end. */
    private static void refuseLargeTotals(Map<String, Long> nets) {
        nets.forEach((processor, net) -> {
            if (net > NachaTally.TOTAL_CENTS_MAX || net < -NachaTally.TOTAL_CENTS_MAX) {
                throw new FileRefusedException(
                        "net of " + processor + " is " + net + " cents, ACH totals have twelve digits");
            }
        });
    }
}
