package io.tillstream.loadtests.check;

import io.tillstream.loadtests.workload.Expected;
import io.tillstream.schemas.EntryKind;
import io.tillstream.schemas.PaymentEventType;
import io.tillstream.schemas.Topics;
import io.tillstream.schemas.hot.EntryView;
import io.tillstream.schemas.hot.EventView;
import io.tillstream.schemas.hot.HashChain;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the whole journal, committed entries only, from the beginning to its end at the time of the call. */
public final class JournalCheck {
    private static final Duration POLL = Duration.ofMillis(500);

    private final boolean isChained;
    private final EntryView entry = new EntryView();
    private final Map<Integer, Partition> partitions = new TreeMap<>();
    private final List<String> faults = new ArrayList<>();
    private long[] fingerprints = new long[1024];
    private int events;
    private long entries;
    private long unbalanced;
    private long captured;
    private long refunded;

    private static final class Partition {
        private final HashChain chain = new HashChain();
        private long nextSequence;
        private boolean isFaulty;
    }

    private JournalCheck(boolean isChained) {
        this.isChained = isChained;
    }

    /** Holds the journal of a cluster against what was sent. */
    public static JournalReport of(Map<String, Object> kafka, Expected expected) {
        return new JournalCheck(true).read(kafka, Topics.JOURNAL.topicName(), expected);
    }

    /** Holds entries that have neither sequence nor hash chain, as the benchmark's peers write them, against what was sent. */
    public static JournalReport ofEntries(Map<String, Object> kafka, String topic, Expected expected) {
        return new JournalCheck(false).read(kafka, topic, expected);
    }

    private JournalReport read(Map<String, Object> kafka, String topic, Expected expected) {
        read(kafka, topic);
        return report(expected);
    }

    private void read(Map<String, Object> kafka, String topic) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 32 << 20);
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 8 << 20);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 20_000);
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings, bytes, bytes)) {
            List<TopicPartition> all = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(all);
            consumer.seekToBeginning(all);
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            while (all.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(POLL).forEach(this::check);
            }
        }
    }

    private void check(ConsumerRecord<byte[], byte[]> found) {
        Partition partition = partitions.computeIfAbsent(found.partition(), p -> new Partition());
        entries++;
        entry.wrap(found.value());
        String fault = isChained ? fault(partition, found) : null;
        if (fault != null && !partition.isFaulty) {
            partition.isFaulty = true;
            faults.add("partition " + found.partition() + " offset " + found.offset() + ": " + fault);
        }
        partition.nextSequence = entry.sequence() + 1;
        long sum = 0;
        for (int i = 0; i < entry.postingCount(); i++) {
            sum += entry.amount(i);
        }
        unbalanced += sum == 0 ? 0 : 1;
        if (entry.kind() == EntryKind.RECORDED || entry.kind() == EntryKind.PARKED) {
            keep(entry.event());
        }
    }

    private String fault(Partition partition, ConsumerRecord<byte[], byte[]> found) {
        if (entry.sequence() != partition.nextSequence) {
            return "sequence " + entry.sequence() + ", expected " + partition.nextSequence;
        }
        if (entry.partition() != found.partition()) {
            return "an entry of partition " + entry.partition();
        }
        return partition.chain.follows(found.value()) ? null : "the hash does not follow the entry before";
    }

    private void keep(EventView event) {
        if (events == fingerprints.length) {
            fingerprints = Arrays.copyOf(fingerprints, 2 * events);
        }
        fingerprints[events++] = Expected.fingerprint(event.eventIdHigh(), event.eventIdLow());
        if (event.type() == PaymentEventType.CAPTURED) {
            captured = Math.addExact(captured, event.amount());
        } else if (event.type() == PaymentEventType.REFUNDED) {
            refunded = Math.addExact(refunded, event.amount());
        }
    }

    private JournalReport report(Expected expected) {
        long[] found = Arrays.copyOf(fingerprints, events);
        Arrays.sort(found);
        long[] wanted = expected.sortedFingerprints();
        long lost = 0;
        long doubled = 0;
        long unexpected = 0;
        int at = 0;
        for (long fingerprint : wanted) {
            for (; at < found.length && found[at] < fingerprint; at++) {
                unexpected++;
            }
            int same = 0;
            for (; at < found.length && found[at] == fingerprint; at++) {
                same++;
            }
            lost += same == 0 ? 1 : 0;
            doubled += Math.max(0, same - 1);
        }
        unexpected += found.length - at;
        return new JournalReport(entries, events, lost, doubled, unexpected, unbalanced, captured, refunded, faults);
    }
}
