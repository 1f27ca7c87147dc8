package io.tillstream.loadtests.bench.jmh;

import io.tillstream.streams.posting.PostingCore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** All of posting without Kafka: read, decide, write the entry, seal, apply; and applying alone, as a restore does. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PostBenchmark {
    private static final int EVENTS = 200_000;

    private Sample sample;
    private byte[][] events;
    private List<byte[]> entries;
    private PostingCore posting;
    private PostingCore restoring;

    /** Events and the entries that come of them. */
    @Setup
    public void make() {
        sample = new Sample();
        events = sample.values(EVENTS);
        entries = new ArrayList<>();
        PostingCore core = sample.core(entries::add);
        for (byte[] event : events) {
            core.post(event, 0, Sample.now());
        }
    }

    /** Each invocation begins with an empty state. */
    @Setup(Level.Invocation)
    public void empty(Blackhole hole) {
        posting = sample.core(hole::consume);
        restoring = new PostingCore(sample.schemas(), 0, 1, hole::consume);
    }

    /** Events to entries. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public int post() {
        for (byte[] event : events) {
            posting.post(event, 0, Sample.now());
        }
        return posting.rows();
    }

    /** Entries to state. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public int restore() {
        restoring.restore(entries);
        return restoring.rows();
    }
}
