package io.tillstream.streams.detection;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Consecutive attempts on a subject that begin and end with a suspect and reach a threshold.
 *
 * @param attempts in order of time
 */
record Run(Threshold threshold, List<Attempt> attempts) {
    Attempt first() {
        return attempts.get(0);
    }

    Attempt last() {
        return attempts.get(attempts.size() - 1);
    }

    /**
     * The longest run of a rule that ends with the attempt at {@code end}. Every length is looked at, not only the whole
     * window: an attack on a BIN that many honest payers use shows in its last attempts long before it shows in ten
     * minutes' share.
     */
    static Optional<Run> endingAt(int end, List<Attempt> inOrder, Rule rule) {
        if (!rule.suspects(inOrder.get(end))) {
            return Optional.empty();
        }
        int start = Integer.MAX_VALUE;
        Threshold reached = null;
        for (Threshold threshold : rule.thresholds()) {
            int longest = longestStart(end, inOrder, rule, threshold);
            if (longest < start) {
                start = longest;
                reached = threshold;
            }
        }
        return reached == null ? Optional.empty() : Optional.of(new Run(reached, inOrder.subList(start, end + 1)));
    }

    private static int longestStart(int end, List<Attempt> inOrder, Rule rule, Threshold threshold) {
        long notAfter = inOrder.get(end).atMillis() - threshold.within().toMillis();
        Set<Long> cards = new HashSet<>();
        int suspects = 0;
        int start = Integer.MAX_VALUE;
        for (int i = end; i >= 0 && inOrder.get(i).atMillis() > notAfter; i--) {
            Attempt attempt = inOrder.get(i);
            if (!rule.suspects(attempt)) {
                continue;
            }
            suspects++;
            if (attempt.card() != Attempt.CARD_UNKNOWN) {
                cards.add(attempt.card());
            }
            if (threshold.isMetBy(end - i + 1, suspects, cards.size())) {
                start = i;
            }
        }
        return start;
    }
}
