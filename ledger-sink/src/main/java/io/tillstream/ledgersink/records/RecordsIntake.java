package io.tillstream.ledgersink.records;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.tillstream.ledgersink.intake.BrokenInputException;
import io.tillstream.ledgersink.intake.Intake;
import io.tillstream.ledgersink.intake.Position;
import io.tillstream.ledgersink.intake.Rows;
import io.tillstream.schemas.Anomaly;
import io.tillstream.schemas.AvroCodec;
import io.tillstream.schemas.Quarantined;
import io.tillstream.schemas.Refused;
import io.tillstream.schemas.SettlementBatch;
import io.tillstream.schemas.Tenant;
import io.tillstream.schemas.Topics;
import io.tillstream.schemas.UnreadableRecordException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Refusals, quarantine, anomalies, batches and tenants, each into its table. */
public final class RecordsIntake implements Intake {
    private static final Logger log = LoggerFactory.getLogger(RecordsIntake.class);

    private final Map<String, RecordTable> tables;

    private RecordsIntake(List<RecordTable> tables) {
        this.tables =
                tables.stream().collect(Collectors.toMap(table -> table.topic().topicName(), Function.identity()));
    }

    /** @throws IllegalStateException if a schema is not registered or the registry does not answer */
    public static RecordsIntake of(SchemaRegistryClient registry) {
        return new RecordsIntake(List.of(
                new RefusalTable(AvroCodec.of(Topics.REFUSED, Refused.class, registry)),
                new QuarantineTable(AvroCodec.of(Topics.QUARANTINE, Quarantined.class, registry)),
                new AnomalyTable(AvroCodec.of(Topics.ANOMALIES, Anomaly.class, registry)),
                new BatchTable(AvroCodec.of(Topics.BATCHES, SettlementBatch.class, registry)),
                new TenantTable(AvroCodec.of(Topics.TENANTS, Tenant.class, registry))));
    }

    @Override
    public String name() {
        return "records";
    }

    @Override
    public List<String> topics() {
        return tables.keySet().stream().sorted().toList();
    }

    @Override
    public boolean isWhole(String topic) {
        return topic.equals(Topics.BATCHES.topicName());
    }

    @Override
    public Rows read(
            Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records, Map<TopicPartition, Position> before) {
        Map<TopicPartition, Position> after = new HashMap<>();
        Map<TopicPartition, List<RecordTable.Placed>> decoded = new LinkedHashMap<>();
        records.forEach((partition, values) -> {
            RecordTable table = tables.get(partition.topic());
            List<RecordTable.Placed> placed = new ArrayList<>(values.size());
            for (ConsumerRecord<byte[], byte[]> value : values) {
                decode(table, value, placed);
            }
            decoded.put(partition, placed);
            long lastOffset = values.get(values.size() - 1).offset();
            after.put(partition, before.get(partition).after(lastOffset, placed.size()));
        });
        return new TableRows(Map.copyOf(after), decoded);
    }

    private static void decode(
            RecordTable table, ConsumerRecord<byte[], byte[]> source, List<RecordTable.Placed> placed) {
        if (source.value() == null && table.topic() == Topics.TENANTS) {
            // The ledger of a city outlives its configuration: the last known stays.
            log.warn("The configuration of a tenant was deleted at offset {}; the last known stays", source.offset());
            return;
        }
        try {
            placed.add(RecordTable.Placed.of(source, table.decode(source.value())));
        } catch (UnreadableRecordException e) {
            throw new BrokenInputException(
                    source.topic() + " partition " + source.partition() + ", offset " + source.offset() + ": "
                            + e.getMessage(),
                    e);
        }
    }

    private final class TableRows implements Rows {
        private final Map<TopicPartition, Position> after;
        private final Map<TopicPartition, List<RecordTable.Placed>> decoded;

        TableRows(Map<TopicPartition, Position> after, Map<TopicPartition, List<RecordTable.Placed>> decoded) {
            this.after = after;
            this.decoded = decoded;
        }

        @Override
        public Map<TopicPartition, Position> after() {
            return after;
        }

        @Override
        public void write(Connection connection) throws SQLException {
            for (Map.Entry<TopicPartition, List<RecordTable.Placed>> entry : decoded.entrySet()) {
                tables.get(entry.getKey().topic()).write(connection, entry.getValue());
            }
        }

        @Override
        public int records() {
            return decoded.values().stream().mapToInt(List::size).sum();
        }
    }
}
