package io.tillstream.streams.posting;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Events that came before the one that they refer to, with their bytes, until a later entry releases or refuses them. */
final class ParkedEvents {
    /** One of them: the entry's sequence, its city, the city's closes by then, the payment, the event's Avro bytes. */
    @SuppressWarnings("ArrayRecordComponent") // compared by identity only
    record Parked(long sequence, int tenant, long closeCount, UUID paymentId, byte[] event) {}

    private final TreeMap<Long, Parked> bySequence = new TreeMap<>();
    private final Map<UUID, List<Parked>> byPayment = new HashMap<>();

    void add(Parked parked) {
        bySequence.put(parked.sequence, parked);
        byPayment.computeIfAbsent(parked.paymentId, id -> new ArrayList<>(1)).add(parked);
    }

    /** Takes one out; null if it is not there. */
    Parked remove(long sequence) {
        Parked parked = bySequence.remove(sequence);
        if (parked != null) {
            List<Parked> ofPayment = byPayment.get(parked.paymentId);
            ofPayment.remove(parked);
            if (ofPayment.isEmpty()) {
                byPayment.remove(parked.paymentId);
            }
        }
        return parked;
    }

    boolean isEmpty() {
        return bySequence.isEmpty();
    }

    int size() {
        return bySequence.size();
    }

    /** Those that wait for a payment of a city, oldest first. */
    List<Parked> of(int tenant, long paymentIdHigh, long paymentIdLow) {
        return byPayment.getOrDefault(new UUID(paymentIdHigh, paymentIdLow), List.of()).stream()
                .filter(parked -> parked.tenant == tenant)
                .toList();
    }

    /** Those of a city that were parked when it had at most {@code closeCount} closes, oldest first. */
    List<Parked> upTo(int tenant, long closeCount) {
        return bySequence.values().stream()
                .filter(parked -> parked.tenant == tenant && parked.closeCount <= closeCount)
                .toList();
    }
}
