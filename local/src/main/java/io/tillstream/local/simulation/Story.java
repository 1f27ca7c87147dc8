package io.tillstream.local.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * What happens to one payment.
 *
 * @param steps sent one after the other, each when the one before it has its answer
 * @param pause between an answer and the next step
 */
record Story(List<Step> steps, Duration pause) {
    Story {
        steps = List.copyOf(steps);
        Objects.requireNonNull(pause, "pause");
    }
}
