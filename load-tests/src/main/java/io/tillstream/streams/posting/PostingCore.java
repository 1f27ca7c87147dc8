package io.tillstream.streams.posting;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.tillstream.schemas.AvroCodec;
import io.tillstream.schemas.JournalEntry;
import io.tillstream.schemas.Quarantined;
import io.tillstream.schemas.Refusal;
import io.tillstream.schemas.SettlementPart;
import java.util.function.Consumer;

/**
 * Posting's core without Kafka, for benchmarks: one partition, records in, entries out. It stands in posting's package, in the
 * module of the benchmarks, so that the product opens nothing for them.
 */
public final class PostingCore {
    private final Ledger ledger = new Ledger();
    private final AvroCodec<JournalEntry> journal;
    private final Poster poster;
    private long refused;

    /** @param entries gets each entry */
    public PostingCore(SchemaRegistryClient registry, int partition, int partitionCount, Consumer<byte[]> entries) {
        PostingOutput output = new PostingOutput() {
            @Override
            public void entry(byte[] value) {
                entries.accept(value);
            }

            @Override
            public void refused(Refusal reason, byte[] value) {
                refused++;
            }

            @Override
            public void quarantined(Quarantined record) {
                throw new BrokenInvariantException("Benchmark: quarantined, " + record.getReason());
            }

            @Override
            public void part(SettlementPart part) {
                throw new BrokenInvariantException("Benchmark: no day is closed here");
            }
        };
        PostingCodecs codecs = PostingCodecs.of(registry);
        journal = codecs.journal();
        poster = new Poster(codecs, partition, partitionCount, new Decider(), output);
    }

    /** Posts one record. */
    public void post(byte[] value, long offset, long timestampMs) {
        poster.post(ledger, value, offset, timestampMs);
    }

    /** Takes over a partition's entries as a restore does. */
    public void restore(Iterable<byte[]> entries) {
        Restoring restoring = new Restoring(journal, ledger);
        entries.forEach(restoring::add);
        restoring.applyAll();
    }

    /** Rows of ids, and bytes of the tables that hold them. */
    public int rows() {
        return ledger.payments().size();
    }

    /** Bytes of the payments' tables. */
    public long stateBytes() {
        return ledger.payments().bytes();
    }

    /** Events refused. */
    public long refused() {
        return refused;
    }
}
