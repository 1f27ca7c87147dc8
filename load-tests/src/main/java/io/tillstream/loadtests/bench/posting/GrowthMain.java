package io.tillstream.loadtests.bench.posting;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tillstream.loadtests.bench.jmh.Sample;
import io.tillstream.schemas.PaymentEventType;
import io.tillstream.schemas.WireFormat;
import io.tillstream.schemas.hot.EventView;
import io.tillstream.streams.posting.PostingCore;
import java.io.File;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.HdrHistogram.Histogram;

/**
 * How long growing tables stop the thread: one partition's core, without Kafka, takes captures with fresh ids, each timed. In a
 * process of its own, with the heap that posting has in the race.
 */
public final class GrowthMain {
    private static final int TEMPLATES = 4096;
    private static final int ID_BYTES = 32;
    private static final long LONGEST_NANOS = 60_000_000_000L;

    private final Sample sample = new Sample();
    private final List<byte[]> captures = new ArrayList<>();
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans();

    /** @param arguments number of payments and the file for what is found, a {@link Growth} */
    public static void main(String[] arguments) throws IOException {
        Growth growth = new GrowthMain().run(Long.parseLong(arguments[0]));
        new ObjectMapper().writeValue(new File(arguments[1]), growth);
    }

    private GrowthMain() {
        EventView event = new EventView();
        while (captures.size() < TEMPLATES) {
            byte[] value = sample.values(1)[0];
            event.wrap(value, WireFormat.HEADER_BYTES, value.length);
            if (event.type() == PaymentEventType.CAPTURED) {
                captures.add(value);
            }
        }
    }

    private Growth run(long payments) {
        long[] sink = {0};
        PostingCore core = sample.core(entry -> sink[0] += entry.length);
        Histogram delays = new Histogram(LONGEST_NANOS, 3);
        SplittableRandom random = new SplittableRandom(1);
        long longest = 0;
        long quietLongest = 0;
        long cpuLongest = 0;
        long collectionsBefore = collections();
        for (long i = 0; i < payments; i++) {
            byte[] value = captures.get((int) (i % TEMPLATES)).clone();
            ByteBuffer id = ByteBuffer.wrap(value, WireFormat.HEADER_BYTES, ID_BYTES);
            long high = random.nextLong();
            long low = random.nextLong();
            id.putLong(high).putLong(low).putLong(high).putLong(low);
            long collections = collections();
            long cpuStart = threads.getCurrentThreadCpuTime();
            long start = System.nanoTime();
            core.post(value, i, Sample.now());
            long nanos = System.nanoTime() - start;
            delays.recordValue(nanos);
            longest = Math.max(longest, nanos);
            if (nanos > quietLongest && collections() == collections) {
                quietLongest = nanos;
            }
            if (nanos > cpuLongest) { // no thread works longer than it takes
                cpuLongest = Math.max(cpuLongest, threads.getCurrentThreadCpuTime() - cpuStart);
            }
        }
        if (core.rows() != payments || core.refused() != 0) {
            throw new IllegalStateException(
                    "expected " + payments + " rows, found " + core.rows() + " and " + core.refused() + " refusals");
        }
        return new Growth(
                payments,
                delays.getValueAtPercentile(50) / 1e3,
                delays.getValueAtPercentile(99) / 1e3,
                delays.getValueAtPercentile(99.99) / 1e3,
                longest / 1e6,
                quietLongest / 1e6,
                cpuLongest / 1e6,
                collections() - collectionsBefore,
                (double) core.stateBytes() / payments);
    }

    private long collections() {
        return collectors.stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .sum();
    }
}
