package io.tillstream.streams.settlement;

import io.tillstream.schemas.AvroCodec;
import io.tillstream.schemas.SettlementBatch;
import io.tillstream.schemas.SettlementPart;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Two kinds of keys in one store, both readable by eye:
 *
 * <pre>
 * waiting/{batchId}/{partition, 6 digits}   a SettlementPart in the wire format
 * completed/{tenant}/{yyyy-mm-dd}           the SettlementBatch without its lines: who contributed, with which chain head
 * </pre>
 */
final class BatchStore {
    /**
     * Completed batches remembered per tenant, about two months of business days. A part comes from posting's transaction
     * and is not sent again, so duplicates come only from an operator who rewinds; older ones are known by their date.
     */
    static final int COMPLETED_KEPT_MAX = 40;

    private static final String WAITING = "waiting/";
    private static final String COMPLETED = "completed/";

    private final KeyValueStore<String, byte[]> store;
    private final AvroCodec<SettlementPart> parts;
    private final AvroCodec<SettlementBatch> batches;

    BatchStore(
            KeyValueStore<String, byte[]> store, AvroCodec<SettlementPart> parts, AvroCodec<SettlementBatch> batches) {
        this.store = store;
        this.parts = parts;
        this.batches = batches;
    }

    /** The kept parts of one batch, by partition. */
    List<SettlementPart> waiting(SettlementPart ofTheBatchOf) {
        List<SettlementPart> found = new ArrayList<>();
        scan(waitingPrefix(ofTheBatchOf.getBatchId()), entry -> found.add(parts.decode(entry.value)));
        return found;
    }

    /** Every kept part of every batch. */
    void forEachWaiting(Consumer<SettlementPart> visitor) {
        scan(WAITING, entry -> visitor.accept(parts.decode(entry.value)));
    }

    /** The batch as it was completed, without its lines, if it is still remembered. */
    Optional<SettlementBatch> completed(SettlementPart ofTheBatchOf) {
        byte[] marker = store.get(completedKey(ofTheBatchOf.getTenant(), ofTheBatchOf.getBusinessDate()));
        return Optional.ofNullable(marker).map(batches::decode);
    }

    /** Whether the date lies before all that is remembered, that is: its batch was completed and has been forgotten. */
    boolean isForgotten(SettlementPart part) {
        List<String> kept = completedKeys(part.getTenant());
        return kept.size() == COMPLETED_KEPT_MAX
                && completedKey(part.getTenant(), part.getBusinessDate()).compareTo(kept.get(0)) < 0;
    }

    void keep(SettlementPart part) {
        store.put(waitingPrefix(part.getBatchId()) + String.format("%06d", part.getPartition()), parts.encode(part));
    }

    /** Forgets the parts and remembers that the batch is done. */
    void complete(SettlementBatch batch) {
        List<String> done = new ArrayList<>();
        scan(waitingPrefix(batch.getBatchId()), entry -> done.add(entry.key));
        done.forEach(store::delete);
        SettlementBatch marker =
                SettlementBatch.newBuilder(batch).setLines(List.of()).build();
        store.put(completedKey(batch.getTenant(), batch.getBusinessDate()), batches.encode(marker));
        List<String> kept = completedKeys(batch.getTenant());
        for (String oldest : kept.subList(0, Math.max(0, kept.size() - COMPLETED_KEPT_MAX))) {
            store.delete(oldest);
        }
    }

    private List<String> completedKeys(String tenant) {
        List<String> keys = new ArrayList<>();
        scan(COMPLETED + tenant + "/", entry -> keys.add(entry.key));
        return keys;
    }

    private void scan(String prefix, Consumer<KeyValue<String, byte[]>> visitor) {
        try (KeyValueIterator<String, byte[]> found = store.prefixScan(prefix, new StringSerializer())) {
            found.forEachRemaining(visitor);
        }
    }

    private static String waitingPrefix(String batchId) {
        return WAITING + batchId + "/";
    }

    private static String completedKey(String tenant, LocalDate businessDate) {
        return COMPLETED + tenant + "/" + businessDate;
    }
}
