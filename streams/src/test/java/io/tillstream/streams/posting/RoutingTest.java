package io.tillstream.streams.posting;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.schemas.PaymentEvent;
import io.tillstream.schemas.Refusal;
import io.tillstream.schemas.Refused;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;

final class RoutingTest {
    private static final int PARTITIONS = 3;

    @Test
    void shouldRefuseWhatKafkaWouldPlaceElsewhere() {
        int posted = 0;
        for (int number = 0; number < PARTITIONS; number++) {
            Partition partition = new Partition(number, PARTITIONS, new Decider());
            Script script = Script.inTulsa(partition);
            for (int i = 0; i < 60; i++) {
                byte[] key = ("tulsa:" + Script.id("p" + i)).getBytes(StandardCharsets.UTF_8);
                boolean belongs = BuiltInPartitioner.partitionForKey(key, PARTITIONS) == number;
                int refused = partition.out.refused.size();
                script.run("CAPTURED p" + i + " 1000 water=1000");
                assertThat(partition.out.refused).hasSize(refused + (belongs ? 0 : 1));
                posted += belongs ? 1 : 0;
            }
            assertThat(partition.out.refused).extracting(Refused::getReason).containsOnly(Refusal.MISROUTED);
        }
        assertThat(posted).isEqualTo(60);
    }

    @Test
    void shouldSayMisroutedBeforeAnythingElse() {
        Partition partition = new Partition(0, 2, new Decider());
        Script script = new Script(partition);
        int payment = 0;
        while (BuiltInPartitioner.partitionForKey(
                        ("tulsa:" + Script.id("p" + payment)).getBytes(StandardCharsets.UTF_8), 2)
                == 0) {
            payment++;
        }
        PaymentEvent event = script.event("CAPTURED p" + payment + " -1 cur:EUR");
        partition.post(event);
        partition.post(event);
        assertThat(partition.out.refused)
                .extracting(Refused::getReason)
                .containsExactly(Refusal.MISROUTED, Refusal.MISROUTED);
        assertThat(partition.out.entries).isEmpty();
    }
}
