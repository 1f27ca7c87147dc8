package io.tillstream.ledgersink.testing;

import io.tillstream.schemas.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes values to Kafka in transactions, as posting does. */
public final class JournalTopic implements AutoCloseable {
    private final Producer<byte[], byte[]> producer;
    private final Map<Integer, Integer> written = new HashMap<>();

    public JournalTopic() {
        producer = new KafkaProducer<>(
                LedgerCluster.kafka().with(Map.of("transactional.id", "journal-of-test", "acks", "all")),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        producer.initTransactions();
    }

    /** Commits what the script has and the topic has not. */
    public void write(JournalScript script, int partitions) {
        producer.beginTransaction();
        for (int partition = 0; partition < partitions; partition++) {
            List<byte[]> values = script.values(partition);
            for (int i = written.getOrDefault(partition, 0); i < values.size(); i++) {
                send(Topics.JOURNAL, partition, values.get(i));
            }
            written.put(partition, values.size());
        }
        producer.commitTransaction();
    }

    /** Values that are written and then given up, as by a posting task that died. */
    public void writeAborted(int partition, List<byte[]> values) {
        producer.beginTransaction();
        values.forEach(value -> send(Topics.JOURNAL, partition, value));
        producer.flush();
        producer.abortTransaction();
    }

    /** Values in one transaction, whatever they are. */
    public void write(Topics topic, int partition, List<byte[]> values) {
        producer.beginTransaction();
        values.forEach(value -> send(topic, partition, value));
        producer.commitTransaction();
    }

    private void send(Topics topic, int partition, byte[] value) {
        try {
            var sent = producer.send(new ProducerRecord<>(topic.topicName(), partition, new byte[] {1}, value));
            if (sent.isDone()) {
                sent.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
