package io.tillstream.flinkpeer;

import java.util.List;
import java.util.Optional;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetIdentifier;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacetProvider;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Key, value and timestamp to the output topic, in the partition of the key. */
final class EntryBytes implements KafkaRecordSerializationSchema<Tuple2<byte[], byte[]>>, KafkaDatasetFacetProvider {
    private static final long serialVersionUID = 1;

    private final String topic;

    EntryBytes(String topic) {
        this.topic = topic;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            Tuple2<byte[], byte[]> entry, KafkaSinkContext context, Long timestamp) {
        return new ProducerRecord<>(topic, null, timestamp, entry.f0, entry.f1);
    }

    /** The sink asks for it to find the transactions that a killed attempt has left open. */
    @Override
    public Optional<KafkaDatasetFacet> getKafkaDatasetFacet() {
        return Optional.of(new DefaultKafkaDatasetFacet(DefaultKafkaDatasetIdentifier.ofTopics(List.of(topic))));
    }
}
