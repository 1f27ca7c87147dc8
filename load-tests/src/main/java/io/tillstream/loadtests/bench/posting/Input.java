package io.tillstream.loadtests.bench.posting;

import io.tillstream.loadtests.bench.stage.BenchCluster;
import io.tillstream.loadtests.workload.Expected;
import io.tillstream.loadtests.workload.WorkloadShape;
import io.tillstream.loadtests.workload.WorkloadWriter;
import io.tillstream.schemas.Topics;
import java.io.IOException;
import java.time.LocalDate;
import java.util.concurrent.ExecutionException;

/**
 * What stands in payments.events.
 *
 * @param events payments' events, repeats included
 * @param marks cities' terms, one for each city and partition
 * @param expected what must come of the events
 */
record Input(WorkloadShape shape, long seed, long events, long marks, long bytes, Expected expected) {
    static final LocalDate OPEN_DATE = LocalDate.of(2026, 11, 20);
    private static final int CHUNK = 50_000;

    /** Empties the topic and writes events. */
    static Input fill(BenchCluster cluster, WorkloadShape shape, long seed, long events) {
        return fill(cluster, shape, seed, events, Place.PARTITIONS);
    }

    /** The same in a cluster whose topics have, or will have, another number of partitions. */
    static Input fill(BenchCluster cluster, WorkloadShape shape, long seed, long events, int partitions) {
        cluster.topics().delete(Topics.EVENTS.topicName()::equals);
        try (WorkloadWriter writer =
                WorkloadWriter.open(cluster.kafka(), cluster.registry(), partitions, 1, seed, shape, OPEN_DATE)) {
            for (long written = 0; written < events; written += CHUNK) {
                writer.write((int) Math.min(CHUNK, events - written));
            }
            writer.flush();
            long bytes = cluster.topics().bytes(Topics.EVENTS.topicName()::equals).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            long marks = (long) shape.tenants() * partitions;
            return new Input(shape, seed, events, marks, bytes, writer.expected());
        } catch (IOException | ExecutionException e) {
            throw new IllegalStateException("The input could not be written", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the input was written", e);
        }
    }

    /** All records. */
    long records() {
        return events + marks;
    }
}
