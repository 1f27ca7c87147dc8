package io.tillstream.local.simulation;

import io.tillstream.schemas.AvroCodec;
import io.tillstream.schemas.AvsResult;
import io.tillstream.schemas.Channel;
import io.tillstream.schemas.CvvResult;
import io.tillstream.schemas.DeclineClass;
import io.tillstream.schemas.EntryMode;
import io.tillstream.schemas.Ids;
import io.tillstream.schemas.PaymentEvent;
import io.tillstream.schemas.PaymentEventType;
import io.tillstream.schemas.PaymentKeys;
import io.tillstream.schemas.QuarantineReason;
import io.tillstream.schemas.Refusal;
import io.tillstream.schemas.Source;
import io.tillstream.schemas.Tender;
import io.tillstream.schemas.Topics;
import io.tillstream.schemas.WireFormat;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Some other program that writes to payments.events past ingest, and gets it wrong in every way: what it writes must end in
 * quarantine or refusals with its reason and position, and the partition must go on.
 */
public final class ForeignClient {
    private static final int UNKNOWN_SCHEMA_ID = Integer.MAX_VALUE;
    private static final int LARGE_BYTES = 1024 * 1024;
    private static final Duration FAR = Duration.ofDays(3);
    private static final Instant ANCIENT = Instant.parse("1970-01-02T00:00:00Z");

    private final Producer<byte[], byte[]> producer;
    private final AvroCodec<PaymentEvent> codec;
    private final List<City> cities;
    private final SplittableRandom random;
    private final Clock clock;
    private final Book book;
    private final int partitions;

    /** @param producer acks=all; closed by the caller */
    public ForeignClient(
            Producer<byte[], byte[]> producer,
            AvroCodec<PaymentEvent> codec,
            List<City> cities,
            long seed,
            Clock clock,
            Book book) {
        this.producer = producer;
        this.codec = codec;
        this.cities = List.copyOf(cities);
        this.random = new SplittableRandom(seed);
        this.clock = clock;
        this.book = book;
        this.partitions = producer.partitionsFor(Topics.EVENTS.topicName()).size();
    }

    /** Writes one record of every kind and waits until the broker has them. */
    public void writeOneOfEach() throws ExecutionException, InterruptedException {
        unreadable(null, QuarantineReason.NULL_VALUE);
        unreadable(new byte[] {0, 0, 0}, QuarantineReason.TOO_SHORT);
        byte[] whole = codec.encode(event(cities.get(0).id(), 1_000, now()));
        unreadable(changed(whole, 0, (byte) 7), QuarantineReason.WRONG_MAGIC);
        byte[] unknown = whole.clone();
        WireFormat.writeHeader(unknown, UNKNOWN_SCHEMA_ID);
        unreadable(unknown, QuarantineReason.UNKNOWN_SCHEMA);
        unreadable(Arrays.copyOf(whole, whole.length / 2), QuarantineReason.MALFORMED);
        unreadable(Arrays.copyOf(whole, whole.length + 3), QuarantineReason.TRAILING_BYTES);
        byte[] large = Arrays.copyOf(whole, LARGE_BYTES);
        unreadable(large, QuarantineReason.TOO_LARGE);
        unreadable(codec.encode(event(city(), 1_000, now().plus(FAR))), QuarantineReason.INVALID_TIME);
        unreadable(codec.encode(event(city(), 1_000, ANCIENT)), QuarantineReason.INVALID_TIME);
        refused(event("nowhere-at-all", 1_000, now()), 0, Refusal.TENANT_UNKNOWN);
        refused(event(city(), 1_000, now()), 1, Refusal.MISROUTED);
        refused(event(city(), 0, now()), 0, Refusal.AMOUNT_NOT_POSITIVE);
        refused(event(city(), -5, now()), 0, Refusal.AMOUNT_NOT_POSITIVE);
        refused(event(city(), Long.MAX_VALUE, now()), 0, Refusal.AMOUNT_TOO_LARGE);
        refused(event(city(), 1_000, now().minus(4_000, ChronoUnit.DAYS)), 0, Refusal.OUTSIDE_HORIZON);
    }

    private void unreadable(byte[] value, QuarantineReason reason) throws ExecutionException, InterruptedException {
        byte[] key = PaymentKeys.key(city(), new UUID(random.nextLong(), random.nextLong()));
        RecordMetadata written = write(PaymentKeys.partition(key, partitions), key, value);
        book.unreadable(new Position(written.partition(), written.offset()), reason);
    }

    /** @param besides added to the partition that the key belongs to */
    private void refused(PaymentEvent event, int besides, Refusal reason)
            throws ExecutionException, InterruptedException {
        UUID id = Ids.toUuid(event.getPaymentId());
        byte[] key = PaymentKeys.key(event.getTenant(), id);
        int partition = (PaymentKeys.partition(key, partitions) + besides) % partitions;
        write(partition, key, codec.encode(event));
        book.foreign(event.getTenant(), id, Possible.refused(reason));
    }

    private RecordMetadata write(int partition, byte[] key, byte[] value)
            throws ExecutionException, InterruptedException {
        return producer.send(new ProducerRecord<>(Topics.EVENTS.topicName(), partition, key, value))
                .get();
    }

    private PaymentEvent event(String tenant, long amount, Instant occurredAt) {
        UUID id = new UUID(random.nextLong(), random.nextLong());
        return new PaymentEvent(
                Ids.toId(id),
                Ids.toId(id),
                PaymentEventType.CAPTURED,
                Channel.COUNTER,
                Tender.CASH,
                EntryMode.NONE,
                DeclineClass.NONE,
                AvsResult.NONE,
                CvvResult.NONE,
                now(),
                occurredAt,
                amount,
                0L,
                "USD",
                tenant,
                "",
                List.of(),
                null,
                "",
                "",
                new Source("", "", "", "", "", ""));
    }

    private String city() {
        return cities.get(random.nextInt(cities.size())).id();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static byte[] changed(byte[] value, int at, byte to) {
        byte[] changed = value.clone();
        changed[at] = to;
        return changed;
    }
}
