package io.tillstream.streams.detection;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When a run of consecutive attempts on one subject is an anomaly. Written, in settings and in anomalies, as {@code 8 in
 * 15s at 60% on 5 cards}.
 *
 * @param attemptsMin attempts in the run, at least
 * @param within from the first to the last attempt, less than
 * @param suspectPercentMin suspects among the attempts, at least, in percent
 * @param cardsMin distinct cards among the suspects, at least; this is what tells a tester from a payer who tries again
 */
record Threshold(int attemptsMin, Duration within, int suspectPercentMin, int cardsMin) {
    private static final Pattern TEXT =
            Pattern.compile("(\\d{1,4}) in (\\d{1,5})([smh]) at (\\d{1,3})% on (\\d{1,4}) cards");

    Threshold {
        if (attemptsMin < 2 || cardsMin < 1 || cardsMin > attemptsMin) {
            throw new IllegalArgumentException(attemptsMin + " attempts on " + cardsMin
                    + " cards: 2 attempts at least, and no more cards than attempts");
        }
        if (suspectPercentMin < 1 || suspectPercentMin > 100) {
            throw new IllegalArgumentException(suspectPercentMin + "% is not between 1% and 100%");
        }
        if (within.isZero() || within.isNegative()) {
            throw new IllegalArgumentException("within " + within + " is not positive");
        }
    }

    /** Reads the written form. @throws IllegalArgumentException if it is another text */
    static Threshold parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is not like \"8 in 15s at 60% on 5 cards\"");
        }
        long span = Long.parseLong(matcher.group(2));
        Duration within = switch (matcher.group(3)) {
            case "s" -> Duration.ofSeconds(span);
            case "m" -> Duration.ofMinutes(span);
            default -> Duration.ofHours(span);
        };
        return new Threshold(
                Integer.parseInt(matcher.group(1)),
                within,
                Integer.parseInt(matcher.group(4)),
                Integer.parseInt(matcher.group(5)));
    }

    boolean isMetBy(int attempts, int suspects, int cards) {
        return attempts >= attemptsMin && 100L * suspects >= (long) suspectPercentMin * attempts && cards >= cardsMin;
    }

    @Override
    public String toString() {
        return attemptsMin + " in " + span() + " at " + suspectPercentMin + "% on " + cardsMin + " cards";
    }

    private String span() {
        long seconds = within.toSeconds();
        if (seconds % 3600 == 0) {
            return seconds / 3600 + "h";
        }
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
}
