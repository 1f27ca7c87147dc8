package io.tillstream.ledgersink.reconciliation;

import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.GenericRecord;

/** One entry of the journal in plain values, from a record that was decoded with the writer's schema alone. Amounts in minor units. */
record EntryFacts(
        long sequence,
        String kind,
        int partition,
        LocalDate businessDate,
        long recordedAtMs,
        long sourceOffset,
        long refersTo,
        String reason,
        String tender,
        String currency,
        String tenant,
        String through,
        List<Amount> postings,
        Optional<EventFacts> event,
        Optional<CloseFacts> close) {

    /** An account and an amount, debit positive. */
    record Amount(String account, long amount) {}

    /** An item of an event. */
    record ItemFacts(String billType, long amount, String fund, String billAccount) {}

    /** The event within an entry. Card facts are empty without a card. */
    record EventFacts(
            UUID eventId,
            UUID paymentId,
            String type,
            String channel,
            long receivedAtMicros,
            long occurredAtMicros,
            long amount,
            String processor,
            List<ItemFacts> items,
            Optional<List<String>> card,
            String payerReference,
            String clientReference,
            String pageVersion) {}

    /** The end of a date in one partition. */
    record CloseFacts(
            String batchId,
            LocalDate nextBusinessDate,
            long entryCount,
            long firstSequence,
            List<LineFacts> lines,
            List<Amount> balances) {}

    /** A settlement line: its key, and gross, voids, refunds, chargebacks, returns, fees, net and the six counts. */
    record LineFacts(LineKey key, List<Long> totals) {}

    static EntryFacts of(GenericRecord entry) {
        return new EntryFacts(
                number(entry, "sequence"),
                text(entry, "kind"),
                (int) number(entry, "partition"),
                date(entry, "businessDate"),
                number(entry, "recordedAt"),
                number(entry, "sourceOffset"),
                number(entry, "refersTo"),
                text(entry, "reason"),
                text(entry, "tender"),
                text(entry, "currency"),
                text(entry, "tenant"),
                text(entry, "through"),
                amounts(entry, "postings"),
                Optional.ofNullable((GenericRecord) entry.get("event")).map(EntryFacts::event),
                Optional.ofNullable((GenericRecord) entry.get("close")).map(EntryFacts::close));
    }

    private static EventFacts event(GenericRecord event) {
        List<ItemFacts> items = new ArrayList<>();
        for (GenericRecord item : records(event, "items")) {
            items.add(new ItemFacts(
                    text(item, "billType"), number(item, "amount"), text(item, "fund"), text(item, "billAccount")));
        }
        Optional<List<String>> card = Optional.ofNullable((GenericRecord) event.get("card"))
                .map(facts -> List.of(text(facts, "fingerprint"), text(facts, "bin"), text(facts, "lastFour")));
        return new EventFacts(
                id(event, "eventId"),
                id(event, "paymentId"),
                text(event, "type"),
                text(event, "channel"),
                number(event, "receivedAt"),
                number(event, "occurredAt"),
                number(event, "amount"),
                text(event, "processor"),
                items,
                card,
                text(event, "payerReference"),
                text(event, "clientReference"),
                text((GenericRecord) event.get("source"), "pageVersion"));
    }

    private static CloseFacts close(GenericRecord close) {
        List<LineFacts> lines = new ArrayList<>();
        for (GenericRecord line : records(close, "lines")) {
            LineKey key = new LineKey(text(line, "through"), text(line, "tender"), text(line, "account"));
            lines.add(new LineFacts(
                    key,
                    LineTotals.NAMES.stream().map(name -> number(line, name)).toList()));
        }
        return new CloseFacts(
                text(close, "batchId"),
                date(close, "nextBusinessDate"),
                number(close, "entryCount"),
                number(close, "firstSequence"),
                lines,
                amounts(close, "balances"));
    }

    private static List<Amount> amounts(GenericRecord record, String field) {
        List<Amount> amounts = new ArrayList<>();
        for (GenericRecord posting : records(record, field)) {
            amounts.add(new Amount(text(posting, "account"), number(posting, "amount")));
        }
        return amounts;
    }

    @SuppressWarnings("unchecked") // the schema says that these are records
    private static List<GenericRecord> records(GenericRecord record, String field) {
        return (List<GenericRecord>) record.get(field);
    }

    private static long number(GenericRecord record, String field) {
        return ((Number) record.get(field)).longValue();
    }

    private static String text(GenericRecord record, String field) {
        return record.get(field).toString();
    }

    private static LocalDate date(GenericRecord record, String field) {
        return LocalDate.ofEpochDay(number(record, field));
    }

    private static UUID id(GenericRecord record, String field) {
        ByteBuffer bytes = ByteBuffer.wrap(((GenericFixed) record.get(field)).bytes());
        return new UUID(bytes.getLong(), bytes.getLong());
    }
}
