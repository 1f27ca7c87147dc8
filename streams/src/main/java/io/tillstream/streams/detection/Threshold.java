package io.tillstream.streams.detection;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When a run of consecutive attempts on one subject is an anomaly. Written, in settings and in anomalies, as {@code 12 in 10m
 * at 75% on 8 cards} or, with everything, {@code 8 in 15s at 60% with 30% refused on 4 cards beside at most 7 others}.
 *
 * @param attemptsMin attempts in the run, at least
 * @param within from the first to the last attempt, less than
 * @param suspectPercentMin suspects among the attempts, at least, in percent
 * @param refusedPercentMin attempts that the issuer refused, at least, in percent; small amounts alone prove nothing
 * @param cardsMin distinct cards among the suspects, at least; this is what tells a tester from a payer who tries again
 * @param othersMax attempts in the window before the run that are not suspect, at most; many mean a crowd behind one
 *     address, whose mishaps fall together by chance
 */
record Threshold(
        int attemptsMin, Duration within, int suspectPercentMin, int refusedPercentMin, int cardsMin, int othersMax) {
    private static final Pattern TEXT = Pattern.compile("(?<attempts>\\d{1,4}) in (?<span>\\d{1,5})(?<unit>[smh])"
            + " at (?<suspect>\\d{1,3})%(?: with (?<refused>\\d{1,3})% refused)?"
            + " on (?<cards>\\d{1,4}) cards(?: beside at most (?<others>\\d{1,4}) others)?");

    /** A run in figures, as above. */
    record Tally(int attempts, int suspects, int refused, int suspectCards, int others) {}

    Threshold {
        if (attemptsMin < 2 || cardsMin < 1 || cardsMin > attemptsMin) {
            throw new IllegalArgumentException(attemptsMin + " attempts on " + cardsMin
                    + " cards: 2 attempts at least, and no more cards than attempts");
        }
        if (suspectPercentMin < 1 || suspectPercentMin > 100) {
            throw new IllegalArgumentException(suspectPercentMin + "% is not between 1% and 100%");
        }
        if (refusedPercentMin < 0 || refusedPercentMin > 100) {
            throw new IllegalArgumentException(refusedPercentMin + "% refused is not between 0% and 100%");
        }
        if (within.isZero() || within.isNegative()) {
            throw new IllegalArgumentException("within " + within + " is not positive");
        }
    }

    /** Reads the written form. @throws IllegalArgumentException if it is another text */
    static Threshold parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is not like \"12 in 10m at 75% on 8 cards\"");
        }
        long span = Long.parseLong(matcher.group("span"));
        Duration within = switch (matcher.group("unit")) {
            case "s" -> Duration.ofSeconds(span);
            case "m" -> Duration.ofMinutes(span);
            default -> Duration.ofHours(span);
        };
        return new Threshold(
                number(matcher, "attempts", 0),
                within,
                number(matcher, "suspect", 0),
                number(matcher, "refused", 0),
                number(matcher, "cards", 0),
                number(matcher, "others", Integer.MAX_VALUE));
    }

    private static int number(Matcher matcher, String group, int otherwise) {
        String digits = matcher.group(group);
        return digits == null ? otherwise : Integer.parseInt(digits);
    }

    boolean isMetBy(Tally tally) {
        return tally.attempts() >= attemptsMin
                && 100L * tally.suspects() >= (long) suspectPercentMin * tally.attempts()
                && 100L * tally.refused() >= (long) refusedPercentMin * tally.attempts()
                && tally.suspectCards() >= cardsMin
                && tally.others() <= othersMax;
    }

    @Override
    public String toString() {
        return attemptsMin + " in " + span() + " at " + suspectPercentMin + "%"
                + (refusedPercentMin == 0 ? "" : " with " + refusedPercentMin + "% refused")
                + " on " + cardsMin + " cards"
                + (othersMax == Integer.MAX_VALUE ? "" : " beside at most " + othersMax + " others");
    }

    private String span() {
        long seconds = within.toSeconds();
        if (seconds % 3600 == 0) {
            return seconds / 3600 + "h";
        }
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
}
