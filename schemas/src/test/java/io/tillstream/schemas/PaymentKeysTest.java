package io.tillstream.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;

final class PaymentKeysTest {
    private static final UUID PAYMENT = UUID.fromString("0188D9A0-0000-8abc-8def-00000000ABCD");

    @Test
    void shouldWriteTenantAndPaymentInLowerCase() {
        assertThat(new String(PaymentKeys.key("tulsa", PAYMENT), StandardCharsets.UTF_8))
                .isEqualTo("tulsa:0188d9a0-0000-8abc-8def-00000000abcd");
    }

    @Test
    void shouldPlaceKeysAsKafkaDoesByDefault() {
        RandomRecords random = new RandomRecords(10);
        for (int i = 0; i < 10_000; i++) {
            byte[] key = PaymentKeys.key(random.text(20), random.uuid());
            int partitions = 1 + i % 101;
            assertThat(PaymentKeys.partition(key, partitions))
                    .isEqualTo(BuiltInPartitioner.partitionForKey(key, partitions));
        }
    }

    /** Placement is part of the stored data: it may never change. */
    @Test
    void shouldStayTheSameForever() {
        byte[] key = PaymentKeys.key("tulsa", PAYMENT);
        assertThat(new int[] {
                    PaymentKeys.partition(key, 1),
                    PaymentKeys.partition(key, 4),
                    PaymentKeys.partition(key, 12),
                    PaymentKeys.partition(key, 100)
                })
                .containsExactly(0, 3, 11, 75);
    }
}
