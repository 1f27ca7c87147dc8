package io.tillstream.ledgersink.reconciliation;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.tillstream.ledgersink.database.Database;
import io.tillstream.runtime.KafkaSettings;
import io.tillstream.schemas.Topics;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * The offline check of I1, I3, I4, I5 and I6 over journal and database. The sink should have stored all of the journal and
 * nothing should be posted meanwhile: what is not stored yet shows as a missing row.
 */
public final class Verify {
    private final KafkaSettings kafka;
    private final SchemaRegistryClient registry;
    private final Database database;
    private final Optional<Path> files;

    /** @param files root of the settlement files, to compare their checksums; empty to leave them out */
    public Verify(KafkaSettings kafka, SchemaRegistryClient registry, Database database, Optional<Path> files) {
        this.kafka = kafka;
        this.registry = registry;
        this.database = database;
        this.files = files;
    }

    /**
     * Reads everything once; memory grows with accounts and business dates, not with entries.
     *
     * @throws SQLException when the database does not answer
     * @throws org.apache.kafka.common.KafkaException when the brokers do not answer
     */
    public Verification run() throws SQLException {
        try (Connection connection = database.connection()) {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setReadOnly(true);
            Verification verification = run(connection);
            connection.rollback();
            return verification;
        }
    }

    /** The same within the connection's transaction, whatever that has changed. */
    Verification run(Connection connection) throws SQLException {
        Findings findings = new Findings();
        Fold fold = new Fold(findings);
        long journalEntries = 0;
        long databaseEntries = 0;
        try (Consumer<byte[], byte[]> consumer = JournalPartition.consumer(kafka)) {
            List<TopicPartition> partitions = JournalPartition.partitions(consumer, Topics.JOURNAL.topicName());
            for (TopicPartition partition : partitions) {
                PartitionAudit audit = audit(connection, consumer, partition, findings, fold);
                journalEntries += audit.entries();
                databaseEntries += audit.storedEntries();
                comparePosition(connection, partition, audit, findings);
            }
            new BalanceAudit(findings).compare(connection, fold.balances());
            Set<Integer> numbers =
                    partitions.stream().map(TopicPartition::partition).collect(Collectors.toSet());
            long batches = new BatchAudit(findings, numbers).compare(connection, fold.days());
            long released = new FileAudit(findings, files).compare(connection);
            return new Verification(
                    findings.kept(),
                    findings.counts(),
                    journalEntries,
                    databaseEntries,
                    fold.unbalancedEntries(),
                    fold.balances().size(),
                    batches,
                    released);
        }
    }

    private PartitionAudit audit(
            Connection connection,
            Consumer<byte[], byte[]> consumer,
            TopicPartition partition,
            Findings findings,
            Fold fold)
            throws SQLException {
        try (StoredRows rows = new StoredRows(connection, partition.partition())) {
            PartitionAudit audit = new PartitionAudit(partition.partition(), rows, registry, findings, fold);
            JournalPartition.read(consumer, partition, audit::take);
            audit.end();
            return audit;
        }
    }

    /** The sink's own position says the same as the journal's end. */
    private static void comparePosition(
            Connection connection, TopicPartition partition, PartitionAudit audit, Findings findings)
            throws SQLException {
        String expected = position(audit.nextOffset(), audit.nextSequence(), audit.head());
        String found = audit.entries() == 0 ? expected : "no row";
        String sql = "SELECT next_offset, next_sequence, chain_head FROM operations.sink_offset"
                + " WHERE topic = ? AND partition = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, partition.topic());
            statement.setInt(2, partition.partition());
            try (ResultSet row = statement.executeQuery()) {
                if (row.next()) {
                    found = position(
                            row.getLong(1), row.getLong(2), HexFormat.of().formatHex(row.getBytes(3)));
                }
            }
        }
        if (!found.equals(expected)) {
            findings.add(Invariant.I4, "operations.sink_offset, partition " + partition.partition(), expected, found);
        }
    }

    private static String position(long nextOffset, long nextSequence, String head) {
        return "offset " + nextOffset + ", sequence " + nextSequence + ", chain head " + head;
    }
}
