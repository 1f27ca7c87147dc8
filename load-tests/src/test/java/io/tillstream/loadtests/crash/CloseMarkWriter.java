package io.tillstream.loadtests.crash;

import io.tillstream.schemas.AvroCodec;
import io.tillstream.schemas.BusinessDayClose;
import io.tillstream.schemas.Registries;
import io.tillstream.schemas.Topics;
import io.tillstream.testcluster.TestCluster;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Closes a date of all tenants of a workload: a mark to every partition, in one transaction, as the closer does. */
final class CloseMarkWriter {
    private CloseMarkWriter() {}

    @SuppressWarnings("FutureReturnValueIgnored") // a transaction commits only if every send succeeded
    static void close(TestCluster cluster, int partitions, int tenants, LocalDate date) {
        AvroCodec<BusinessDayClose> codec =
                AvroCodec.of(Topics.EVENTS, BusinessDayClose.class, Registries.connect(cluster.registryUrl()));
        Instant closedAt = date.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        ByteArraySerializer bytes = new ByteArraySerializer();
        Map<String, Object> settings =
                Map.of("bootstrap.servers", cluster.bootstrapServers(), "transactional.id", "closer", "acks", "all");
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(settings, bytes, bytes)) {
            producer.initTransactions();
            producer.beginTransaction();
            for (int tenant = 0; tenant < tenants; tenant++) {
                byte[] mark = codec.encode(new BusinessDayClose("city" + tenant, date, date.plusDays(1), closedAt));
                IntStream.range(0, partitions)
                        .forEach(partition ->
                                producer.send(new ProducerRecord<>(Topics.EVENTS.topicName(), partition, null, mark)));
            }
            producer.commitTransaction();
        }
    }
}
