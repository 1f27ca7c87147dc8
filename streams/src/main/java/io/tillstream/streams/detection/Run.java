package io.tillstream.streams.detection;

import io.tillstream.streams.detection.Threshold.Tally;
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
     *
     * @param windowMillis how far back others count
     */
    static Optional<Run> endingAt(int end, List<Attempt> inOrder, Rule rule, long windowMillis) {
        if (!rule.suspects(inOrder.get(end))) {
            return Optional.empty();
        }
        int others = others(end, inOrder, rule, windowMillis);
        int start = Integer.MAX_VALUE;
        Threshold reached = null;
        for (Threshold threshold : rule.thresholds()) {
            int longest = longestStart(end, inOrder, rule, threshold, others);
            if (longest < start) {
                start = longest;
                reached = threshold;
            }
        }
        return reached == null ? Optional.empty() : Optional.of(new Run(reached, inOrder.subList(start, end + 1)));
    }

    private static int others(int end, List<Attempt> inOrder, Rule rule, long windowMillis) {
        long notAfter = inOrder.get(end).atMillis() - windowMillis;
        int others = 0;
        for (int i = end; i >= 0 && inOrder.get(i).atMillis() > notAfter; i--) {
            others += rule.suspects(inOrder.get(i)) ? 0 : 1;
        }
        return others;
    }

    private static int longestStart(
            int end, List<Attempt> inOrder, Rule rule, Threshold threshold, int othersInWindow) {
        long notAfter = inOrder.get(end).atMillis() - threshold.within().toMillis();
        Set<Long> cards = new HashSet<>();
        int suspects = 0;
        int refused = 0;
        int start = Integer.MAX_VALUE;
        for (int i = end; i >= 0 && inOrder.get(i).atMillis() > notAfter; i--) {
            Attempt attempt = inOrder.get(i);
            if (!rule.suspects(attempt)) {
                continue;
            }
            suspects++;
            refused += attempt.isRefused() ? 1 : 0;
            if (attempt.card() != Attempt.CARD_UNKNOWN) {
                cards.add(attempt.card());
            }
            int attempts = end - i + 1;
            int othersBefore = othersInWindow - (attempts - suspects);
            if (threshold.isMetBy(new Tally(attempts, suspects, refused, cards.size(), othersBefore))) {
                start = i;
            }
        }
        return start;
    }
}
