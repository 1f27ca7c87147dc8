package io.tillstream.streams.broker;

import io.tillstream.schemas.hot.EntryView;
import io.tillstream.schemas.hot.HashChain;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What a journal holds and what of it is wrong.
 *
 * @param entries committed entries
 * @param times how many entries each event has
 * @param misplaced entries of one partition's task in another partition
 * @param gaps entries whose sequence is not the one after the entry before
 * @param broken entries that do not follow the hash chain
 */
public record JournalFacts(int entries, Map<UUID, Integer> times, int misplaced, int gaps, int broken) {

    /** @param journal by partition, in the order of offsets */
    public static JournalFacts of(List<ConsumerRecord<byte[], byte[]>> journal) {
        Map<Integer, List<byte[]>> partitions = new TreeMap<>();
        journal.forEach(found -> partitions
                .computeIfAbsent(found.partition(), p -> new ArrayList<>())
                .add(found.value()));
        JournalFacts facts = new JournalFacts(journal.size(), new HashMap<>(), 0, 0, 0);
        for (Map.Entry<Integer, List<byte[]>> partition : partitions.entrySet()) {
            facts = facts.with(partition.getKey(), partition.getValue());
        }
        return facts;
    }

    private JournalFacts with(int partition, List<byte[]> values) {
        EntryView entry = new EntryView();
        HashChain chain = new HashChain();
        int misplacedHere = 0;
        int gapsHere = 0;
        int brokenHere = 0;
        long next = 0;
        for (byte[] value : values) {
            entry.wrap(value);
            misplacedHere += entry.partition() == partition ? 0 : 1;
            gapsHere += entry.sequence() == next ? 0 : 1;
            brokenHere += chain.follows(value) ? 0 : 1;
            next = entry.sequence() + 1;
            if (entry.hasEvent()) {
                times.merge(new UUID(entry.event().eventIdHigh(), entry.event().eventIdLow()), 1, Integer::sum);
            }
        }
        return new JournalFacts(entries, times, misplaced + misplacedHere, gaps + gapsHere, broken + brokenHere);
    }
}
