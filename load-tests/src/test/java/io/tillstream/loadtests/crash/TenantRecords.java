package io.tillstream.loadtests.crash;

import io.tillstream.schemas.AvroCodec;
import io.tillstream.schemas.BankDetails;
import io.tillstream.schemas.BusinessCalendar;
import io.tillstream.schemas.Registries;
import io.tillstream.schemas.Tenant;
import io.tillstream.schemas.Topics;
import io.tillstream.testcluster.TestCluster;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Tells the sink of a workload's tenants: without their bank details no batch gets files. */
final class TenantRecords {
    private TenantRecords() {}

    static void write(TestCluster cluster, int tenants, LocalDate openDate) throws Exception {
        AvroCodec<Tenant> codec = AvroCodec.of(Topics.TENANTS, Tenant.class, Registries.connect(cluster.registryUrl()));
        ByteArraySerializer bytes = new ByteArraySerializer();
        Map<String, Object> settings = Map.of("bootstrap.servers", cluster.bootstrapServers(), "acks", "all");
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(settings, bytes, bytes)) {
            for (int rank = 0; rank < tenants; rank++) {
                Tenant tenant = tenant(rank, openDate);
                byte[] key = tenant.getTenant().getBytes(StandardCharsets.UTF_8);
                producer.send(new ProducerRecord<>(Topics.TENANTS.topicName(), key, codec.encode(tenant)))
                        .get();
            }
        }
    }

    private static Tenant tenant(int rank, LocalDate openDate) {
        String tenant = "city" + rank;
        return new Tenant(
                tenant,
                "City " + rank,
                "UTC",
                "17:00",
                "USD",
                BusinessCalendar.EVERY_DAY,
                openDate,
                400,
                3,
                1_000_000_00L,
                List.of(),
                List.of(),
                bank(rank),
                100,
                100,
                List.of());
    }

    private static BankDetails bank(int rank) {
        return new BankDetails(
                "103000648",
                "BANK",
                "100000000" + rank,
                "CITY " + rank,
                "CITY " + rank,
                "1234567890",
                "10300064",
                "103000648",
                "000123456",
                "CITY " + rank,
                false,
                "SETTLEMENT");
    }
}
