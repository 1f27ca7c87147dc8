package io.tillstream.streams.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

/** What a poll brings goes in as one record, and what a batch holds comes out one by one; nothing is lost, turned round or forged. */
class BatchTest {
    private static final String TOPIC = "events";
    private static final TopicPartition ZERO = new TopicPartition(TOPIC, 0);
    private static final TopicPartition ONE = new TopicPartition(TOPIC, 1);

    @Test
    void shouldMakeOneRecordOfEachPartitionAtItsFirstOffset() {
        Map<TopicPartition, OffsetAndMetadata> next =
                Map.of(ZERO, new OffsetAndMetadata(43), ONE, new OffsetAndMetadata(8));
        List<ConsumerRecord<byte[], byte[]>> ofZero = List.of(polled(0, 40, 500), polled(0, 42, 400));
        List<ConsumerRecord<byte[], byte[]>> ofOne = List.of(polled(1, 7, 300));

        ConsumerRecords<byte[], byte[]> packed =
                PolledBatch.pack(new ConsumerRecords<>(Map.of(ZERO, ofZero, ONE, ofOne), next));

        // Streams commits the offset of the next record to process: any other than the first would lose what is before
        // it.
        assertThat(packed.records(ZERO)).hasSize(1).allSatisfy(whole -> {
            assertThat(whole.offset()).isEqualTo(40);
            assertThat(whole.timestamp()).isEqualTo(500);
            assertThat(whole.serializedValueSize()).isEqualTo(6);
            assertThat(PolledBatch.in(whole.headers()).orElseThrow().records()).isEqualTo(ofZero);
        });
        assertThat(packed.records(ONE))
                .singleElement()
                .satisfies(whole -> assertThat(
                                PolledBatch.in(whole.headers()).orElseThrow().records())
                        .isEqualTo(ofOne));
        assertThat(packed.nextOffsets()).isEqualTo(next);
    }

    /** Streams stops at a record with a negative timestamp, and would stop there again after each start. */
    @Test
    void shouldGiveAPollThatBeginsWithoutATimestampOne() {
        List<ConsumerRecord<byte[], byte[]>> untimed = List.of(polled(0, 1, -1));
        ConsumerRecords<byte[], byte[]> packed =
                PolledBatch.pack(new ConsumerRecords<>(Map.of(ZERO, untimed), Map.of(ZERO, new OffsetAndMetadata(2))));
        assertThat(packed.records(ZERO).get(0).timestamp()).isZero();
    }

    @Test
    void shouldLeaveAPollWithoutRecordsAsItIs() {
        ConsumerRecords<byte[], byte[]> nothing =
                new ConsumerRecords<>(Map.of(), Map.of(ZERO, new OffsetAndMetadata(5)));
        assertThat(PolledBatch.pack(nothing)).isSameAs(nothing);
    }

    @Test
    void shouldTakeNoClientsHeaderForABatch() {
        for (String key : List.of("polled-batch", "sent-batch")) {
            Headers forged = new RecordHeaders().add(key, bytes("x"));
            assertThat(PolledBatch.in(forged)).isEqualTo(Optional.empty());
            assertThat(SentBatch.isIn(forged)).isFalse();
        }
    }

    @Test
    void shouldSendEachRecordInOrderWithItsOwnKeyAndTimestamp() {
        SentBatch batch = batch("a", "b", "c");
        List<String> sent = new ArrayList<>();

        send(batch, (metadata, exception) -> {}, (one, callback) -> {
            sent.add(one.topic() + "-" + one.partition() + " " + text(one.key()) + "=" + text(one.value()) + " @"
                    + one.timestamp());
            return CompletableFuture.completedFuture(null);
        });

        assertThat(sent).containsExactly("journal-3 ka=a @100", "journal-3 kb=b @101", "journal-3 kc=c @102");
    }

    @Test
    void shouldTellOfSuccessOnceAndOnlyWhenTheLastIsStored() {
        List<Callback> callbacks = new ArrayList<>();
        List<String> told = new ArrayList<>();
        send(batch("a", "b", "c"), (metadata, exception) -> told.add("stored"), (one, callback) -> {
            callbacks.add(callback);
            return CompletableFuture.completedFuture(null);
        });

        callbacks.get(0).onCompletion(stored(10), null);
        callbacks.get(1).onCompletion(stored(11), null);
        assertThat(told).isEmpty();
        callbacks.get(2).onCompletion(stored(12), null);
        assertThat(told).containsExactly("stored");
    }

    /** Without it an entry in the middle could be lost and the transaction still be committed. */
    @Test
    void shouldTellOfTheErrorOfEveryRecord() {
        List<Exception> told = new ArrayList<>();
        Exception error = new IllegalStateException("no room");
        send(batch("a", "b", "c"), (metadata, exception) -> told.add(exception), (one, callback) -> {
            callback.onCompletion(stored(-1), error);
            return CompletableFuture.completedFuture(null);
        });
        assertThat(told).containsExactly(error, error, error);
    }

    /** Kafka's own producer asks for a header's value; it would send one empty record in place of the batch. */
    @Test
    void shouldNotBeSentByAProducerThatDoesNotUnpack() {
        assertThatThrownBy(() -> batch("a").value())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("BatchClients");
    }

    /** For its metrics, Streams measures the headers of what was sent, but for topics that are called a changelog. */
    @Test
    void shouldLetStreamsMeasureWhatWasSent() {
        SentBatch batch = batch("a");
        send(batch, (metadata, exception) -> {}, (one, callback) -> CompletableFuture.completedFuture(null));
        assertThat(batch.value()).isNull();
    }

    private static SentBatch batch(String... values) {
        SentBatch batch = new SentBatch();
        long timestampMs = 100;
        for (String value : values) {
            batch.add(bytes("k" + value), bytes(value), timestampMs++);
        }
        return batch;
    }

    private static void send(SentBatch batch, Callback callback, SentBatch.Sending sending) {
        assertThat(SentBatch.send(whole(batch), callback, sending)).isDone();
    }

    private static ProducerRecord<byte[], byte[]> whole(SentBatch batch) {
        return new ProducerRecord<>("journal", 3, 999L, null, null, batch.asHeaders());
    }

    private static RecordMetadata stored(long offset) {
        return new RecordMetadata(new TopicPartition("journal", 3), offset, 0, 0, 0, 0);
    }

    private static ConsumerRecord<byte[], byte[]> polled(int partition, long offset, long timestampMs) {
        return new ConsumerRecord<>(
                TOPIC,
                partition,
                offset,
                timestampMs,
                TimestampType.CREATE_TIME,
                2,
                3,
                bytes("k" + partition),
                bytes("v" + offset),
                new RecordHeaders(),
                Optional.empty());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
