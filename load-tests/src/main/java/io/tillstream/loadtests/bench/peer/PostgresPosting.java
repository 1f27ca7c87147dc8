package io.tillstream.loadtests.bench.peer;

import io.tillstream.schemas.Ids;
import io.tillstream.schemas.PaymentEvent;
import io.tillstream.schemas.PaymentEventType;
import io.tillstream.schemas.Posting;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * One poll's records in one transaction: COPY into a temporary table, then three statements. The event's primary key is the dedupe.
 * What it does not know before it asks the database (which follow-ups may be posted, the lines of their payments) is decided in SQL.
 */
final class PostgresPosting {
    private static final String COPY = "COPY incoming FROM STDIN";

    private final Connection connection;
    private final PeerAvro<PaymentEvent> avro;
    private final String post;
    private final CopyText rows = new CopyText();

    /** @param keeper number of this connection, which keeps balances of its own */
    PostgresPosting(Connection connection, PeerAvro<PaymentEvent> avro, int keeper) throws SQLException {
        this.connection = connection;
        this.avro = avro;
        post = PostgresTables.postStatement(keeper);
        connection.setAutoCommit(true);
        try (Statement statement = connection.createStatement()) {
            // The broker does not flush its log for each transaction either.
            statement.execute("SET synchronous_commit = off");
            statement.execute("SET work_mem = '64MB'");
            statement.execute("SET temp_buffers = '64MB'");
            statement.execute(PostgresTables.INCOMING);
        }
        connection.setAutoCommit(false);
    }

    /** Where a partition goes on. */
    long nextOffset(int partition) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("SELECT next_offset FROM bench.source WHERE partition = ?")) {
            query.setInt(1, partition);
            try (ResultSet rows = query.executeQuery()) {
                return rows.next() ? rows.getLong(1) : 0;
            }
        } finally {
            connection.commit();
        }
    }

    void post(ConsumerRecords<byte[], byte[]> found) throws SQLException {
        Map<Integer, Long> offsets = new TreeMap<>();
        rows.clear();
        int position = 0;
        for (ConsumerRecord<byte[], byte[]> each : found) {
            offsets.put(each.partition(), each.offset() + 1);
            if (avro.isMine(each.value())) {
                append(position++, each);
            }
        }
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(COPY);
        copy.writeToCopy(rows.bytes(), 0, rows.length());
        copy.endCopy();
        try (Statement statement = connection.createStatement()) {
            statement.execute(post);
        }
        store(offsets);
        connection.commit();
    }

    private void append(int position, ConsumerRecord<byte[], byte[]> found) {
        PaymentEvent event = avro.decode(found.value());
        rows.number(position).tab().text(Ids.toUuid(event.getEventId()).toString());
        rows.tab().text(Ids.toUuid(event.getPaymentId()).toString());
        rows.tab().text(event.getTenant()).tab().text(event.getType().name());
        rows.tab().number(event.getAmount()).tab().number(found.timestamp());
        rows.tab().hex(found.value());
        boolean begins = event.getType() == PaymentEventType.CAPTURED;
        PeerRules.Posted posted = begins ? PeerRules.post(event, null) : null;
        if (posted == null) {
            rows.text("\t\\N\t\\N\t\\N\n");
            return;
        }
        rows.tab().text(posted.state().through());
        char separator = '{';
        rows.tab();
        for (Posting posting : posted.postings()) {
            rows.one(separator).text(posting.getAccount());
            separator = ',';
        }
        separator = '{';
        rows.one('}').tab();
        for (Posting posting : posted.postings()) {
            rows.one(separator).number(posting.getAmount());
            separator = ',';
        }
        rows.one('}').one('\n');
    }

    private void store(Map<Integer, Long> offsets) throws SQLException {
        String upsert = "INSERT INTO bench.source VALUES (?, ?) ON CONFLICT (partition) DO UPDATE"
                + " SET next_offset = EXCLUDED.next_offset";
        try (PreparedStatement statement = connection.prepareStatement(upsert)) {
            for (Map.Entry<Integer, Long> offset : offsets.entrySet()) {
                statement.setInt(1, offset.getKey());
                statement.setLong(2, offset.getValue());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }
}
