package io.tillstream.streams.detection;

import io.tillstream.schemas.Anomaly;
import io.tillstream.streams.detection.Bucket.Alert;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sees attempts one by one and says what is wrong. Knows no Kafka type and no clock. */
final class Watch {
    private final long windowMillis;
    private final int attemptsKeptMax;
    private final List<Rule> rules;
    private final AnomalyWriter writer;
    private final BucketStore store;

    Watch(DetectionRules settings, BucketStore store) {
        this.windowMillis = settings.window().toMillis();
        this.attemptsKeptMax = settings.attemptsKeptMax();
        this.rules = settings.rules();
        this.writer = new AnomalyWriter(windowMillis, settings.smallAmountBelow());
        this.store = store;
    }

    /**
     * Takes an attempt in and gives the anomalies that it completes, at most one per rule.
     *
     * @param detectedAtMillis time of the record that brought it; goes into the anomaly and decides nothing
     */
    List<Anomaly> see(Subject subject, Attempt attempt, long detectedAtMillis) {
        Surroundings around = new Surroundings(subject, attempt.atMillis(), windowMillis, store);
        for (Attempt known : around.attempts()) {
            if (known.continues(attempt)) {
                return List.of();
            }
        }
        around.add(attempt, attemptsKeptMax);
        List<Anomaly> anomalies = new ArrayList<>();
        for (Rule rule : rules) {
            if (rule.subjectKind() == subject.kind() && rule.suspects(attempt)) {
                raise(rule, attempt, around).ifPresent(run -> {
                    around.add(new Alert(rule.name(), run.last().atMillis()));
                    anomalies.add(writer.write(subject, rule, run, around.seen(), detectedAtMillis));
                });
            }
        }
        return anomalies;
    }

    /** The first run that the attempt completes and that is no news of an alert just given. */
    private Optional<Run> raise(Rule rule, Attempt attempt, Surroundings around) {
        List<Attempt> inOrder = around.attempts();
        int at = inOrder.indexOf(attempt);
        // Not kept, because it is late and its bucket is full of later ones.
        if (at < 0) {
            return Optional.empty();
        }
        // When the attempt is late, the run may end with one that came before it; else this is one step.
        long until = attempt.atMillis() + windowMillis;
        for (int end = at; end < inOrder.size() && inOrder.get(end).atMillis() < until; end++) {
            if (around.isAlertedNear(rule.name(), inOrder.get(end).atMillis())) {
                continue;
            }
            Optional<Run> run = Run.endingAt(end, inOrder, rule, windowMillis);
            if (run.isPresent()) {
                return run;
            }
        }
        return Optional.empty();
    }
}
