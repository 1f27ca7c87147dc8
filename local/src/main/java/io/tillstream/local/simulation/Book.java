package io.tillstream.local.simulation;

import io.tillstream.local.client.Answer;
import io.tillstream.schemas.QuarantineReason;
import io.tillstream.schemas.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/**
 * What the simulation sent, what ingest answered, and what must come of it. Safe for use by several threads.
 *
 * <p>A book that remembers keeps every event until the end, about a kilobyte each; one that does not keeps counts only.
 */
public final class Book {
    private static final int DIFFERENCES_TOLD_MAX = 100;

    private static final class Expected {
        private final String tenant;
        private final List<Possible> possible;
        private final boolean sure;
        private int repeatsMax;
        private int conflictsMin;
        private int conflictsMax;

        Expected(String tenant, List<Possible> possible, boolean sure) {
            this.tenant = tenant;
            this.possible = possible;
            this.sure = sure;
        }
    }

    private final boolean remembers;
    private final Map<UUID, Expected> events = new ConcurrentHashMap<>();
    private final Map<Position, QuarantineReason> unreadable = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> turnedAway = new ConcurrentHashMap<>();
    private final Queue<String> surprises = new ConcurrentLinkedQueue<>();
    private final LongAdder sent = new LongAdder();
    private final LongAdder accepted = new LongAdder();
    private final LongAdder duplicates = new LongAdder();
    private final LongAdder cardNumbers = new LongAdder();
    private final LongAdder retries = new LongAdder();
    private final LongAdder unanswered = new LongAdder();
    private final LongAdder unsure = new LongAdder();
    private final LongAdder foreign = new LongAdder();

    /** @param remembers whether {@link #compare} will be called */
    public Book(boolean remembers) {
        this.remembers = remembers;
    }

    /** A request goes out for the first time. */
    void sent() {
        sent.increment();
    }

    /**
     * A request had no answer, or one that asks to come again, and goes out again with the same key: nobody knows whether the first
     * one is on the topic.
     */
    void retried(Step step) {
        retries.increment();
        switch (step.kind()) {
            case EVENT -> expected(step, false).repeatsMax++;
            case RESEND -> expected(step, true).repeatsMax++;
            case CONFLICT -> expected(step, true).conflictsMax++;
            case MALFORMED, UNAUTHENTICATED, CARD_NUMBER -> { // nothing of these is on a topic
            }
        }
    }

    /** A request was not answered in time; ingest may have taken it. */
    void unsure() {
        unsure.increment();
    }

    /** @return whether the answer is one of the right ones */
    boolean answered(Step step, Answer answer) {
        if (!step.statuses().contains(answer.status())) {
            surprise(step + " was answered " + answer.status() + " " + answer.reason());
            return false;
        }
        if (!answer.accepted()) {
            turnedAway
                    .computeIfAbsent(answer.status() + " " + answer.error(), key -> new LongAdder())
                    .increment();
            if (step.kind() == Step.Kind.CARD_NUMBER) {
                cardNumbers.increment();
            }
            return true;
        }
        accepted.increment();
        if (!answer.eventId().equals(Optional.of(step.eventId()))) {
            surprise(step + " was given another event id than tenant, channel and key make");
        }
        note(step);
        return true;
    }

    /** The step was given up: nobody knows whether it is on the topic. */
    void unanswered(Step step, String why) {
        unanswered.increment();
        surprise(step + " was given up: " + why);
        if (step.kind() == Step.Kind.EVENT) {
            expected(step, false);
        }
    }

    /** A record that nobody can read was written past ingest. */
    void unreadable(Position position, QuarantineReason reason) {
        foreign.increment();
        if (remembers) {
            unreadable.put(position, reason);
        }
    }

    /** A readable event was written past ingest. */
    void foreign(String tenant, UUID eventId, Possible possible) {
        foreign.increment();
        if (remembers) {
            events.put(eventId, new Expected(tenant, List.of(possible), true));
        }
    }

    /** Requests sent, repeats of unanswered ones not counted, and records written past ingest. */
    public long sentCount() {
        return sent.sum() + foreign.sum();
    }

    /** Requests answered 202. */
    public long acceptedCount() {
        return accepted.sum();
    }

    /** Records written past ingest. */
    public long foreignCount() {
        return foreign.sum();
    }

    /** Requests answered 202 that repeated an event. */
    public long duplicateCount() {
        return duplicates.sum();
    }

    /** Requests with a card number, all refused. */
    public long cardNumberCount() {
        return cardNumbers.sum();
    }

    /** Requests sent again for want of an answer. */
    public long retryCount() {
        return retries.sum();
    }

    /** Requests of which nobody knows whether ingest took them, each attempt counted. */
    public long unsureCount() {
        return unsure.sum();
    }

    /** Requests given up. */
    public long unansweredCount() {
        return unanswered.sum();
    }

    /** Requests turned away by ingest, by status and code. */
    public Map<String, Long> turnedAway() {
        Map<String, Long> counts = new TreeMap<>();
        turnedAway.forEach((answer, count) -> counts.put(answer, count.sum()));
        return counts;
    }

    /** Answers that were not right, in words. */
    public List<String> surprises() {
        return List.copyOf(surprises);
    }

    /**
     * Compares every event and every unreadable record with what the topics say.
     *
     * @param observed by event id
     * @param quarantined by position in payments.events
     */
    public Comparison compare(Map<UUID, Observed> observed, Map<Position, QuarantineReason> quarantined) {
        Reckoning reckoning = new Reckoning();
        events.forEach((id, expected) -> reckoning.event(id, expected, observed.getOrDefault(id, new Observed())));
        observed.forEach((id, seen) -> {
            if (!events.containsKey(id) && !seen.isOfEarlierRun()) {
                reckoning.difference("event " + id + " is not in the book: " + seen);
            }
        });
        unreadable.forEach((position, reason) -> {
            if (quarantined.get(position) != reason) {
                reckoning.lost++;
                reckoning.difference(
                        position + " must be quarantined as " + reason + ", is " + quarantined.get(position));
            }
        });
        quarantined.forEach((position, reason) -> {
            if (!unreadable.containsKey(position)) {
                reckoning.difference(position + " was quarantined as " + reason + " and is not in the book");
            }
        });
        return new Comparison(reckoning.lost, reckoning.doubled, reckoning.differences, reckoning.movements);
    }

    private static final class Reckoning {
        private long lost;
        private long doubled;
        private final List<String> differences = new ArrayList<>();
        private final Map<String, Map<String, Long>> movements = new TreeMap<>();

        void event(UUID id, Expected expected, Observed seen) {
            if (seen.taken() > 1) {
                doubled++;
            }
            if (!seen.isAnything() && !expected.sure) {
                return;
            }
            for (Possible possible : expected.possible) {
                if (seen.is(possible)) {
                    move(expected.tenant, possible.postings());
                    checkRepeats(id, expected, seen, possible);
                    return;
                }
            }
            if (seen.taken() == 0) {
                lost++;
            }
            difference(expected.tenant + " event " + id + ": expected " + expected.possible + ", found " + seen);
        }

        private void checkRepeats(UUID id, Expected expected, Observed seen, Possible possible) {
            if (seen.refusals(Refusal.DUPLICATE) > expected.repeatsMax) {
                difference("event " + id + ": more duplicates than were sent: " + seen);
            }
            int conflicts = seen.refusals(Refusal.CONFLICTING_DUPLICATE);
            boolean fits = conflicts >= expected.conflictsMin && conflicts <= expected.conflictsMax;
            if (possible.refusal() != Refusal.CONFLICTING_DUPLICATE && !fits) {
                difference("event " + id + ": " + expected.conflictsMin + " conflicts were accepted: " + seen);
            }
        }

        private void move(String tenant, Map<String, Long> postings) {
            Map<String, Long> accounts = movements.computeIfAbsent(tenant, t -> new TreeMap<>());
            postings.forEach((account, amount) -> accounts.merge(account, amount, Math::addExact));
        }

        void difference(String text) {
            if (differences.size() < DIFFERENCES_TOLD_MAX) {
                differences.add(text);
            }
        }
    }

    private void note(Step step) {
        switch (step.kind()) {
            case EVENT -> expected(step, true);
            case RESEND -> {
                duplicates.increment();
                expected(step, true).repeatsMax++;
            }
            case CONFLICT -> {
                Expected expected = expected(step, true);
                expected.conflictsMin++;
                expected.conflictsMax++;
            }
            case MALFORMED, UNAUTHENTICATED, CARD_NUMBER ->
                throw new IllegalStateException(step + " can't be accepted");
        }
    }

    /** The steps of one story come one after the other, so nobody else touches this event meanwhile. */
    private Expected expected(Step step, boolean sure) {
        if (!remembers) {
            return new Expected(step.city().id(), step.possible(), sure);
        }
        return events.compute(step.eventId(), (id, before) -> {
            if (before != null && (before.sure || !sure)) {
                return before;
            }
            Expected expected = new Expected(step.city().id(), step.possible(), sure);
            expected.repeatsMax = before == null ? 0 : before.repeatsMax;
            return expected;
        });
    }

    private void surprise(String text) {
        if (surprises.size() < DIFFERENCES_TOLD_MAX) {
            surprises.add(text);
        }
    }
}
