package io.tillstream.streams.detection;

import io.tillstream.schemas.Anomaly;
import java.time.Instant;
import java.util.List;

/** Puts a run into words and figures. */
final class AnomalyWriter {
    static final int EVIDENCE_MAX = 50;

    private final long windowMillis;
    private final long smallAmountBelow;

    AnomalyWriter(long windowMillis, long smallAmountBelow) {
        this.windowMillis = windowMillis;
        this.smallAmountBelow = smallAmountBelow;
    }

    /**
     * The anomaly of a run. Its figures are the run's: attempts from windowStart to windowEnd, both included; its evidence
     * is the suspects alone.
     *
     * @param seen attempts of the subject lately, also those that are no longer kept
     */
    Anomaly write(Subject subject, Rule rule, Run run, long seen, long detectedAtMillis) {
        List<Attempt> attempts = run.attempts();
        List<String> suspects = attempts.stream()
                .filter(rule::suspects)
                .map(attempt -> attempt.eventId().toString())
                .toList();
        return Anomaly.newBuilder()
                .setAnomalyId(anomalyId(subject, rule, run))
                .setRule(rule.name())
                .setTenant(subject.tenant())
                .setSubjectKind(subject.kind().name())
                .setSubject(subject.value())
                .setChannel(run.last().channel().name())
                .setWindowStart(Instant.ofEpochMilli(run.first().atMillis()))
                .setWindowEnd(Instant.ofEpochMilli(run.last().atMillis()))
                .setDetectedAt(Instant.ofEpochMilli(detectedAtMillis))
                .setAttempts(attempts.size())
                .setDeclines(attempts.stream().filter(Attempt::isDeclined).count())
                .setSmallAmounts(attempts.stream()
                        .filter(attempt -> attempt.amount() < smallAmountBelow)
                        .count())
                .setDistinctCards(distinctCards(attempts))
                .setAmountTotal(amountTotal(attempts, run.last().currency()))
                .setCurrency(run.last().currency())
                .setDetail(detail(rule, run, suspects.size(), seen))
                .setEvidence(suspects.subList(Math.max(0, suspects.size() - EVIDENCE_MAX), suspects.size()))
                .build();
    }

    /** A rule speaks at most once per window about a subject, so the window's number makes the id unique. */
    private String anomalyId(Subject subject, Rule rule, Run run) {
        long bucketStart = Math.floorDiv(run.last().atMillis(), windowMillis) * windowMillis;
        return rule.name() + ":" + subject.tenant() + ":" + subject.value() + ":" + Instant.ofEpochMilli(bucketStart);
    }

    private static String detail(Rule rule, Run run, int suspects, long seen) {
        List<Attempt> attempts = run.attempts();
        long spanMillis = run.last().atMillis() - run.first().atMillis();
        List<Attempt> wentWell =
                attempts.stream().filter(attempt -> !attempt.isDeclined()).toList();
        return suspects + " of " + attempts.size() + " attempts in " + (spanMillis + 999) / 1000 + " s were "
                + rule.suspectWords() + ", on "
                + distinctCards(attempts.stream().filter(rule::suspects).toList())
                + " cards; threshold: " + run.threshold() + ". " + wentWell.size() + " went through, together "
                + amountTotal(wentWell, run.last().currency()) + " minor units. " + seen
                + " attempts seen lately.";
    }

    private static long distinctCards(List<Attempt> attempts) {
        return attempts.stream()
                .mapToLong(Attempt::card)
                .filter(card -> card != Attempt.CARD_UNKNOWN)
                .distinct()
                .count();
    }

    private static long amountTotal(List<Attempt> attempts, String currency) {
        return attempts.stream()
                .filter(attempt -> attempt.currency().equals(currency))
                .mapToLong(Attempt::amount)
                .reduce(0, Math::addExact);
    }
}
