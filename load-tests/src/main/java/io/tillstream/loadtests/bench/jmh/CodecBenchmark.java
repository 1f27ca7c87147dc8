package io.tillstream.loadtests.bench.jmh;

import io.tillstream.schemas.AvroCodec;
import io.tillstream.schemas.JournalEntry;
import io.tillstream.schemas.PaymentEvent;
import io.tillstream.schemas.Topics;
import io.tillstream.schemas.hot.EntryView;
import io.tillstream.schemas.hot.EventView;
import io.tillstream.schemas.hot.HashChain;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Reading events and writing entries: posting's walk over the bytes against Avro's fast reader and writer. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CodecBenchmark {
    private static final int COUNT = 4096;

    private final EventView event = new EventView();
    private final EntryView entry = new EntryView();
    private final HashChain chain = new HashChain();
    private byte[][] events;
    private byte[][] entries;
    private JournalEntry[] records;
    private AvroCodec<PaymentEvent> eventCodec;
    private AvroCodec<JournalEntry> entryCodec;
    private int next;

    /** Makes events and their entries. */
    @Setup
    public void prepare() {
        Sample sample = new Sample();
        eventCodec = sample.events();
        entryCodec = AvroCodec.of(Topics.JOURNAL, JournalEntry.class, sample.schemas());
        List<byte[]> made = new ArrayList<>();
        var core = sample.core(made::add);
        made.clear();
        events = sample.values(2 * COUNT);
        for (byte[] value : events) {
            core.post(value, 0, Sample.now());
        }
        entries = made.stream().limit(COUNT).toArray(byte[][]::new);
        records = new JournalEntry[COUNT];
        for (int i = 0; i < COUNT; i++) {
            records[i] = entryCodec.decode(entries[i]);
        }
    }

    private int at() {
        return next++ & COUNT - 1;
    }

    /** Posting's way to read an event. */
    @Benchmark
    public long walkEvent() {
        byte[] value = events[at()];
        event.wrap(value, 5, value.length);
        return event.amount();
    }

    /** Avro's way. */
    @Benchmark
    public PaymentEvent decodeEvent() {
        return eventCodec.decode(events[at()]);
    }

    /** The journal readers' way to read an entry. */
    @Benchmark
    public long walkEntry() {
        entry.wrap(entries[at()]);
        return entry.sequence();
    }

    /** Avro's way to write one. */
    @Benchmark
    public byte[] encodeEntry() {
        return entryCodec.encode(records[at()]);
    }

    /** One link of the hash chain. */
    @Benchmark
    public byte[] sealEntry() {
        byte[] value = entries[at()];
        chain.seal(value);
        return value;
    }
}
