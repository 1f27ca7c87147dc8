package io.tillstream.streams.posting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.tillstream.schemas.Hash;
import io.tillstream.schemas.PaymentEvent;
import io.tillstream.schemas.QuarantineReason;
import io.tillstream.schemas.Quarantined;
import io.tillstream.schemas.SchemaRegistration;
import io.tillstream.schemas.WireFormat;
import io.tillstream.streams.posting.MalformedRecords.Way;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What can't be read is put aside with its reason and position, and the next record is posted. */
final class MalformedInputTest {
    private final Partition partition = new Partition();
    private final Script script = Script.inTulsa(partition);

    static List<Way> ways() {
        return new MalformedRecords(TestCodecs.shared()).ways();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void shouldPutAside(Way way) throws Exception {
        byte[] value = way.make().apply(script.event("CAPTURED p 1000 a=1000"));
        long offset = partition.offset();
        partition.post(value);

        assertThat(partition.out.entries).hasSize(1);
        assertThat(partition.out.refused).isEmpty();
        assertThat(partition.out.quarantined).hasSize(1);
        Quarantined record = partition.out.quarantined.get(0);
        assertThat(record)
                .isEqualTo(new Quarantined(
                        way.reason(),
                        record.getDetail(),
                        "",
                        "payments.events",
                        0,
                        offset,
                        Instant.ofEpochMilli(Partition.TIMESTAMP_MS),
                        value == null ? 0L : value.length,
                        value == null
                                ? null
                                : new Hash(MessageDigest.getInstance("SHA-256").digest(value))));
        assertThat(record.getDetail()).isNotBlank();

        script.run("CAPTURED p 1000 a=1000");
        assertThat(partition.balances(Script.TENANT)).containsEntry("fund:a", -1000L);
    }

    /** CARD_NUMBER is ingest's: posting sees no place where one could stand. */
    @Test
    void everyReasonHasAWay() {
        Set<QuarantineReason> missing = EnumSet.allOf(QuarantineReason.class);
        ways().forEach(way -> missing.remove(way.reason()));
        assertThat(missing).containsExactly(QuarantineReason.CARD_NUMBER);
    }

    @Test
    void shouldSurviveAnyBytes() {
        Random random = new Random(1);
        byte[] good = partition.codecs.events().encode(script.event("CAPTURED p 1000 a=500 b=400 fee=100"));
        for (int i = 0; i < 20_000; i++) {
            byte[] value = good.clone();
            int changes = 1 + random.nextInt(4);
            for (int change = 0; change < changes; change++) {
                value[random.nextInt(value.length)] = (byte) random.nextInt();
            }
            partition.post(value);
        }
        int outcomes =
                partition.out.entries.size() - 1 + partition.out.refused.size() + partition.out.quarantined.size();
        assertThat(outcomes).isEqualTo(20_000);
        assertThat(partition.out.quarantined).hasSizeGreaterThan(5_000);
        assertThat(partition.out.entries).hasSizeGreaterThan(100);
        partition.restore(0);
    }

    @Test
    void shouldNotTellTheContent() {
        PaymentEvent event = script.event("CAPTURED p 1000 a=1000");
        event.setPayerReference("secret-payer");
        for (Way way : ways()) {
            partition.post(way.make().apply(event));
        }
        assertThat(partition.out.quarantined)
                .noneMatch(record -> record.toString().contains("secret-payer"));
    }

    /** Waiting is right then: the record may be good. */
    @Test
    void shouldStopWhenTheRegistryDoesNotAnswer() throws IOException {
        MockSchemaRegistryClient registry = new MockSchemaRegistryClient() {
            @Override
            public ParsedSchema getSchemaById(int id) throws IOException {
                throw new IOException("Connection refused");
            }
        };
        SchemaRegistration.apply(registry);
        PostingCodecs codecs = PostingCodecs.of(registry);
        Recorder out = new Recorder(codecs);
        Poster poster = new Poster(codecs, 0, 1, new Decider(), out);
        byte[] value = codecs.events().encode(script.event("CAPTURED p 1000 a=1000"));
        WireFormat.writeHeader(value, 4711);
        assertThatThrownBy(() -> poster.post(new Ledger(), value, 0, Partition.TIMESTAMP_MS))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(out.quarantined).isEmpty();
    }
}
