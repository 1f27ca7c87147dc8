package io.tillstream.ledgersink.reconciliation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tillstream.ledgersink.reconciliation.EntryFacts.ItemFacts;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The rows of one partition, entry by entry with their postings, from two cursors in the order of the key. */
final class StoredRows implements AutoCloseable {
    private static final int FETCH_ROWS = 5000;
    private static final JsonMapper JSON = new JsonMapper();
    private static final String ENTRIES = "SELECT sequence, tenant, kind, business_date, recorded_at, source_offset,"
            + " refers_to, reason, tender, currency, through, event_id, payment_id, event_type, channel, received_at,"
            + " occurred_at, amount, processor, items::text AS items, card_fingerprint, card_bin, card_last_four,"
            + " payer_reference, client_reference, page_version, hash"
            + " FROM ledger.entry WHERE partition = ? ORDER BY sequence";
    private static final String POSTINGS =
            "SELECT sequence, posting_number, tenant, business_date, currency, account, amount"
                    + " FROM ledger.posting WHERE partition = ? ORDER BY sequence, posting_number";

    /** One posting row, without its entry's sequence. */
    record PostingRow(
            int number, String tenant, LocalDate businessDate, String currency, String account, long amount) {}

    private final PreparedStatement entryStatement;
    private final PreparedStatement postingStatement;
    private final ResultSet entries;
    private final ResultSet postings;
    private boolean onEntry;
    private boolean onPosting;

    StoredRows(Connection connection, int partition) throws SQLException {
        entryStatement = open(connection, ENTRIES, partition);
        postingStatement = open(connection, POSTINGS, partition);
        entries = entryStatement.executeQuery();
        postings = postingStatement.executeQuery();
        onEntry = entries.next();
        onPosting = postings.next();
    }

    private static PreparedStatement open(Connection connection, String sql, int partition) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setFetchSize(FETCH_ROWS);
        statement.setInt(1, partition);
        return statement;
    }

    /** Whether the cursor stands on an entry. */
    boolean hasEntry() {
        return onEntry;
    }

    /** Sequence of the entry at the cursor. */
    long sequence() throws SQLException {
        return entries.getLong("sequence");
    }

    void next() throws SQLException {
        onEntry = entries.next();
    }

    /** Columns of the entry at the cursor by name; times in microseconds, hash in hexadecimal. */
    Map<String, Object> columns() throws SQLException {
        Map<String, Object> columns = new LinkedHashMap<>();
        for (String text :
                List.of("tenant", "kind", "reason", "tender", "currency", "through", "event_type", "channel")) {
            columns.put(text, entries.getString(text));
        }
        columns.put("business_date", entries.getObject("business_date", LocalDate.class));
        for (String time : List.of("recorded_at", "received_at", "occurred_at")) {
            columns.put(time, micros(entries.getObject(time, OffsetDateTime.class)));
        }
        for (String number : List.of("source_offset", "refers_to", "amount")) {
            columns.put(number, entries.getObject(number, Long.class));
        }
        columns.put("event_id", entries.getObject("event_id", UUID.class));
        columns.put("payment_id", entries.getObject("payment_id", UUID.class));
        columns.put("items", items(entries.getString("items")));
        for (String text : List.of(
                "processor",
                "card_fingerprint",
                "card_bin",
                "card_last_four",
                "payer_reference",
                "client_reference",
                "page_version")) {
            columns.put(text, entries.getString(text));
        }
        columns.put("hash", HexFormat.of().formatHex(entries.getBytes("hash")));
        return columns;
    }

    /** Posting rows up to and with the sequence; those of an earlier one belong to no entry and are given under it. */
    Map<Long, List<PostingRow>> postingsUpTo(long sequence) throws SQLException {
        Map<Long, List<PostingRow>> found = new LinkedHashMap<>();
        while (onPosting && postings.getLong("sequence") <= sequence) {
            found.computeIfAbsent(postings.getLong("sequence"), first -> new ArrayList<>())
                    .add(new PostingRow(
                            postings.getInt("posting_number"),
                            postings.getString("tenant"),
                            postings.getObject("business_date", LocalDate.class),
                            postings.getString("currency"),
                            postings.getString("account"),
                            postings.getLong("amount")));
            onPosting = postings.next();
        }
        return found;
    }

    private static Object micros(OffsetDateTime time) {
        if (time == null) {
            return null;
        }
        if (time.equals(OffsetDateTime.MIN)) {
            return "-infinity";
        }
        return ChronoUnit.MICROS.between(Instant.EPOCH, time.toInstant());
    }

    private static List<ItemFacts> items(String json) {
        List<ItemFacts> items = new ArrayList<>();
        if (json == null) {
            return items;
        }
        try {
            for (JsonNode item : JSON.readTree(json)) {
                items.add(new ItemFacts(
                        item.path("billType").asText(),
                        item.path("amount").asLong(),
                        item.path("fund").asText(),
                        item.path("billAccount").asText()));
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the database holds items that are not JSON", e);
        }
        return items;
    }

    @Override
    public void close() throws SQLException {
        entryStatement.close();
        postingStatement.close();
    }
}
