package io.tillstream.ledgersink.settlement.files;

import io.tillstream.ledgersink.settlement.BatchContents;
import io.tillstream.schemas.BankDetails;
import io.tillstream.schemas.Money;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Compares the bytes of a written CCD file with the batch that they should pay. Only reads. */
final class NachaFooting {

    private static final String CLEARING = "clearing:";

    private static final String TILL = "till:";

    private NachaFooting() {}

    /** What each processor owes the city by the batch's lines, in minor units; ordered by processor. */
    static Map<String, Long> processorNets(BatchContents batch) {
        Map<String, Long> nets = new TreeMap<>();
        for (BatchContents.Line line : batch.lines()) {
            if (line.through().startsWith(CLEARING)) {
                nets.merge(line.through().substring(CLEARING.length()), line.net(), Math::addExact);
            } else if (!line.through().startsWith(TILL)) {
                throw new FileRefusedException("a line goes through neither clearing nor a till: " + line.through());
            }
        }
        return nets;
    }

    /**
     * Control totals of the file, once it keeps the standard and pays every processor's net, to the cent and to the city's
     * account only.
     */
    static ControlTotals check(BatchContents batch, byte[] file) {
        NachaReading reading = NachaValidator.read(file);
        if (!reading.faults().isEmpty()) {
            throw new FileRefusedException("the NACHA file breaks the standard: "
                    + reading.faults().stream().map(NachaFault::toString).collect(Collectors.joining("; ")));
        }
        for (NachaReading.Entry entry : reading.entries()) {
            payee(entry.detail(), batch.bank());
        }
        Map<String, Long> owed = owed(batch);
        Map<String, Long> paid = paid(reading.entries());
        if (!paid.equals(owed)) {
            throw new FileRefusedException("the NACHA file pays " + paid + ", the batch owes " + owed);
        }
        NachaTally tally = reading.tally();
        return new ControlTotals(Math.subtractExact(tally.creditCents(), tally.debitCents()))
                .with("batch", batch.batchId())
                .with("currency", batch.currency())
                .with("entries", reading.entries().size())
                .with("entry_addenda_count", tally.entryAddendaCount())
                .with("entry_hash", tally.entryHash())
                .with("debits", Money.format(tally.debitCents(), batch.currency()))
                .with("credits", Money.format(tally.creditCents(), batch.currency()))
                .with("net", Money.format(tally.creditCents() - tally.debitCents(), batch.currency()));
    }

    /** Nets by the addenda that tells of them, which two processors share if their long names are cut to the same. */
    private static Map<String, Long> owed(BatchContents batch) {
        Map<String, Long> owed = new TreeMap<>();
        processorNets(batch).forEach((processor, net) -> {
            if (net != 0) {
                owed.merge(information(batch, processor), net, Math::addExact);
            }
        });
        if (owed.isEmpty()) {
            owed.put(information(batch, NachaCcd.NO_PAYMENT), 0L);
        }
        return owed;
    }

    private static String information(BatchContents batch, String processor) {
        return Addenda05.create(batch.batchId(), processor, "").paymentRelatedInformation();
    }

    private static Map<String, Long> paid(List<NachaReading.Entry> entries) {
        Map<String, Long> paid = new TreeMap<>();
        for (NachaReading.Entry entry : entries) {
            paid.merge(entry.information(), entry.detail().signedCents(), Math::addExact);
        }
        return paid;
    }

    private static void payee(EntryDetail entry, BankDetails bank) {
        boolean same = entry.routingNumber().equals(bank.getRoutingNumber())
                && entry.dfiAccountNumber().equals(bank.getAccountNumber());
        if (!same) {
            throw new FileRefusedException("entry " + entry.traceNumber() + " is not on the city's account");
        }
    }
}
