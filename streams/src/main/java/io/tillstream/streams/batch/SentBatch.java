package io.tillstream.streams.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Records for one partition, on their way through a sink as the only header of a record without key and value. {@link BatchClients}'
 * producer sends them one by one.
 */
public final class SentBatch implements Header {
    private static final String KEY = "sent-batch";

    /** Sends one record. */
    @FunctionalInterface
    interface Sending {
        Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> one, Callback callback);
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Part(byte[] key, byte[] value, long timestampMs) {
        ProducerRecord<byte[], byte[]> to(ProducerRecord<byte[], byte[]> whole) {
            return new ProducerRecord<>(whole.topic(), whole.partition(), timestampMs, key, value);
        }
    }

    private final List<Part> parts = new ArrayList<>();
    private boolean isSent;

    /** Adds a record behind the others. */
    public void add(byte[] key, byte[] value, long timestampMs) {
        parts.add(new Part(key, value, timestampMs));
    }

    public int size() {
        return parts.size();
    }

    /** The headers to forward it with. */
    public Headers asHeaders() {
        return new RecordHeaders(new Header[] {this});
    }

    /** Whether a record stands for a batch. */
    static boolean isIn(Headers headers) {
        return headers.lastHeader(KEY) instanceof SentBatch;
    }

    /**
     * Sends the records that {@code whole} stands for, to its topic and partition. Its callback is told of every error, and of success
     * once, with the last record: then all are stored, because a producer that sends exactly once keeps the order of a partition; only
     * where no partition is given, so that each goes to that of its key, some may still be on their way. A commit waits for all.
     *
     * @return the last record's future
     */
    @SuppressWarnings("FutureReturnValueIgnored") // every callback tells of errors
    static Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> whole, Callback callback, Sending sending) {
        SentBatch batch = (SentBatch) whole.headers().lastHeader(KEY);
        batch.isSent = true;
        Callback ofError = (metadata, exception) -> {
            if (exception != null) {
                callback.onCompletion(metadata, exception);
            }
        };
        int last = batch.parts.size() - 1;
        for (Part part : batch.parts.subList(0, last)) {
            sending.send(part.to(whole), ofError);
        }
        return sending.send(batch.parts.get(last).to(whole), callback);
    }

    @Override
    public String key() {
        return KEY;
    }

    /**
     * Nothing; Streams asks for it to measure what was sent.
     *
     * @throws IllegalStateException if it was not: a producer that asks before is the wrong one, and would send one empty record
     */
    @Override
    public byte[] value() {
        if (!isSent) {
            throw new IllegalStateException("A batch can only be sent by the producer of BatchClients");
        }
        return null;
    }
}
