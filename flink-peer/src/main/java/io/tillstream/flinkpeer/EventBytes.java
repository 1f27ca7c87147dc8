package io.tillstream.flinkpeer;

import io.tillstream.loadtests.bench.peer.PeerAvro;
import io.tillstream.schemas.PaymentEvent;
import io.tillstream.schemas.Topics;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Passes events on as bytes and leaves marks out. */
final class EventBytes implements KafkaRecordDeserializationSchema<Tuple2<byte[], byte[]>> {
    private static final long serialVersionUID = 1;

    private final String registryUrl;
    private transient PeerAvro<PaymentEvent> avro;

    EventBytes(String registryUrl) {
        this.registryUrl = registryUrl;
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        avro = new PeerAvro<>(registryUrl, Topics.EVENTS, PaymentEvent.class, true);
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> found, Collector<Tuple2<byte[], byte[]>> out) {
        if (avro.isMine(found.value())) {
            out.collect(Tuple2.of(found.key(), found.value()));
        }
    }

    @Override
    public TypeInformation<Tuple2<byte[], byte[]>> getProducedType() {
        return FlinkMain.BYTES;
    }
}
