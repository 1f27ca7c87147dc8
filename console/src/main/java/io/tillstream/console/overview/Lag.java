package io.tillstream.console.overview;

import java.util.Map;

/**
 * How far a reader is behind.
 *
 * @param records over all partitions, the markers between transactions counted
 * @param worst of one partition
 * @param partitions how many
 */
public record Lag(long records, long worst, int partitions) {
    /**
     * Behind {@code ends} at {@code positions}, both offsets by partition; a partition without a position starts at 0.
     * A transaction ends with a marker, which takes an offset and is no record: one offset behind is not behind.
     */
    static Lag between(Map<Integer, Long> positions, Map<Integer, Long> ends) {
        long sum = 0;
        long worst = 0;
        for (Map.Entry<Integer, Long> end : ends.entrySet()) {
            long behind = end.getValue() - positions.getOrDefault(end.getKey(), 0L);
            if (behind > 1) {
                sum += behind;
                worst = Math.max(worst, behind);
            }
        }
        return new Lag(sum, worst, ends.size());
    }
}
