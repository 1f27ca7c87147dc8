package io.tillstream.ledgersink.reconciliation;

import io.tillstream.ledgersink.reconciliation.EntryFacts.Amount;
import io.tillstream.ledgersink.reconciliation.EntryFacts.EventFacts;
import io.tillstream.ledgersink.reconciliation.EntryFacts.ItemFacts;
import io.tillstream.ledgersink.reconciliation.StoredRows.PostingRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The rows that an entry of the journal must have, under the names of {@link StoredRows}. */
final class ExpectedRow {
    /** 4714-11-24 BC, before which PostgreSQL knows no time. */
    private static final long EPOCH_MICROS_MIN = -210_866_803_200_000_000L;

    private ExpectedRow() {}

    static Map<String, Object> columns(EntryFacts entry, String hash) {
        Map<String, Object> columns = new LinkedHashMap<>();
        columns.put("tenant", text(entry.tenant()));
        columns.put("kind", entry.kind());
        columns.put("reason", entry.reason());
        columns.put("tender", entry.tender());
        columns.put("currency", text(entry.currency()));
        columns.put("through", text(entry.through()));
        columns.put("business_date", entry.businessDate());
        columns.put("recorded_at", micros(TimeUnit.MILLISECONDS.toMicros(entry.recordedAtMs())));
        columns.put("source_offset", entry.sourceOffset());
        columns.put("refers_to", entry.refersTo());
        entry.event().ifPresent(event -> put(columns, event));
        columns.put("hash", hash);
        return columns;
    }

    private static void put(Map<String, Object> columns, EventFacts event) {
        columns.put("event_id", event.eventId());
        columns.put("payment_id", event.paymentId());
        columns.put("event_type", event.type());
        columns.put("channel", event.channel());
        columns.put("received_at", micros(event.receivedAtMicros()));
        columns.put("occurred_at", micros(event.occurredAtMicros()));
        columns.put("amount", event.amount());
        columns.put("processor", text(event.processor()));
        columns.put("items", items(event));
        event.card().ifPresent(card -> {
            columns.put("card_fingerprint", text(card.get(0)));
            columns.put("card_bin", text(card.get(1)));
            columns.put("card_last_four", text(card.get(2)));
        });
        columns.put("payer_reference", text(event.payerReference()));
        columns.put("client_reference", text(event.clientReference()));
        columns.put("page_version", text(event.pageVersion()));
    }

    private static List<ItemFacts> items(EventFacts event) {
        return event.items().stream()
                .map(item -> new ItemFacts(item.billType(), item.amount(), text(item.fund()), text(item.billAccount())))
                .toList();
    }

    static List<PostingRow> postings(EntryFacts entry) {
        List<PostingRow> rows = new ArrayList<>();
        for (Amount posting : entry.postings()) {
            rows.add(new PostingRow(
                    rows.size(),
                    text(entry.tenant()),
                    entry.businessDate(),
                    text(entry.currency()),
                    text(posting.account()),
                    posting.amount()));
        }
        return rows;
    }

    /** PostgreSQL has no NUL character. */
    private static String text(String text) {
        return text.replace('\0', '\uFFFD');
    }

    private static Object micros(long epochMicros) {
        return epochMicros < EPOCH_MICROS_MIN ? "-infinity" : (Object) epochMicros;
    }
}
