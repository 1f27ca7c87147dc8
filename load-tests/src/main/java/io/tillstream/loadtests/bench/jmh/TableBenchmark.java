package io.tillstream.loadtests.bench.jmh;

import io.tillstream.streams.posting.PaymentTable;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The table of payments: look-ups that miss (nearly all of them), look-ups that hit, captures; against a HashMap. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TableBenchmark {
    /** Payments in the table. */
    @Param({"1000000", "10000000"})
    private int payments;

    private PaymentTable table;
    private Map<UUID, long[]> map;
    private long known;
    private long fresh;

    /** Fills both. */
    @Setup(Level.Iteration)
    public void fill() {
        table = new PaymentTable();
        map = new HashMap<>();
        for (int i = 0; i < payments; i++) {
            table.capture(high(i), low(i));
            if (payments <= 1_000_000) {
                map.put(new UUID(high(i), low(i)), new long[] {i});
            }
        }
        known = 0;
        fresh = payments;
    }

    private static long high(long number) {
        return new SplittableRandom(number).nextLong();
    }

    private static long low(long number) {
        return new SplittableRandom(~number).nextLong();
    }

    /** An id that is there. */
    @Benchmark
    public boolean hit() {
        known = (known + 7_368_787) % payments;
        return table.isKnown(high(known), low(known));
    }

    /** An id that is not. */
    @Benchmark
    public boolean miss() {
        fresh++;
        return table.isKnown(high(fresh), low(fresh));
    }

    /** A new payment: look up and add. */
    @Benchmark
    public boolean capture() {
        fresh++;
        return table.capture(high(fresh), low(fresh));
    }

    /** The same by a HashMap; with one million only. */
    @Benchmark
    public Object captureInHashMap() {
        fresh++;
        UUID id = new UUID(high(fresh), low(fresh));
        return map.containsKey(id) ? null : map.put(id, new long[] {fresh});
    }
}
