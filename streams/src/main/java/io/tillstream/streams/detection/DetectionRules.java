package io.tillstream.streams.detection;

import com.typesafe.config.ConfigFactory;
import io.tillstream.runtime.Setting;
import io.tillstream.runtime.Settings;
import java.time.Duration;
import java.util.List;

/**
 * What detection looks for. The defaults are the ones that docs/detection.md measures.
 *
 * @param window the longest run of attempts looked at, and the least time between two anomalies of one rule and subject
 * @param lateness how far an attempt may lie behind the newest of its partition and still count
 * @param attemptsKeptMax attempts kept per subject and window; of more, the latest
 * @param smallAmountBelow minor units
 * @param sourceThresholds of SOURCE_TESTING, any is enough
 * @param binThresholds of BIN_TESTING, any is enough
 */
public record DetectionRules(
        @Setting(
                key = "window",
                doc = "The longest run of attempts looked at; a rule speaks at most once per window and subject.",
                def = "10m",
                min = "1m",
                max = "6h")
        Duration window,

        @Setting(
                key = "lateness",
                doc = "How far an attempt may lie behind the newest one and still count.",
                def = "2h",
                min = "0s",
                max = "7d")
        Duration lateness,

        @Setting(
                key = "attempts.kept.max",
                doc = "Attempts kept per subject and window; of more, the latest are kept.",
                def = "64",
                min = "8",
                max = "1000")
        int attemptsKeptMax,

        @Setting(
                key = "small.amount.below",
                doc = "Amounts below it are small; raise it where nothing costs less.",
                unit = "minor units",
                def = "500",
                min = "0")
        long smallAmountBelow,

        @Setting(
                key = "source.thresholds",
                doc = "When one source tests cards: any of these, in the order of the words.",
                def = "6 in 20s at 66% with 40% refused on 4 cards beside at most 7 others,"
                        + "10 in 30s at 50% with 40% refused on 4 cards beside at most 7 others,"
                        + "9 in 10m at 85% with 70% refused on 7 cards beside at most 10 others,"
                        + "12 in 10m at 80% with 65% refused on 9 cards,"
                        + "20 in 10m at 65% with 55% refused on 12 cards")
        List<String> sourceThresholds,

        @Setting(
                key = "bin.thresholds",
                doc = "When numbers of one BIN are tested: any of these.",
                def = "12 in 10m at 75% on 8 cards,15 in 10m at 60% on 8 cards")
        List<String> binThresholds) {

    /** @throws IllegalArgumentException if a threshold cannot be read or can never be reached */
    public DetectionRules {
        sourceThresholds = List.copyOf(sourceThresholds);
        binThresholds = List.copyOf(binThresholds);
        for (List<String> texts : List.of(sourceThresholds, binThresholds)) {
            for (Threshold threshold : parse(texts)) {
                checkReachable(threshold, window, attemptsKeptMax);
            }
        }
    }

    /** The settings of a process that sets none. */
    public static DetectionRules defaults() {
        return Settings.load(DetectionRules.class, ConfigFactory.empty());
    }

    /** The rules, in the order in which they are asked. */
    List<Rule> rules() {
        return List.of(
                new SourceTesting(smallAmountBelow, parse(sourceThresholds)), new BinTesting(parse(binThresholds)));
    }

    private static List<Threshold> parse(List<String> texts) {
        return texts.stream().map(Threshold::parse).toList();
    }

    private static void checkReachable(Threshold threshold, Duration window, int attemptsKeptMax) {
        if (threshold.within().compareTo(window) > 0) {
            throw new IllegalArgumentException("\"" + threshold + "\" spans more than the window " + window);
        }
        if (threshold.attemptsMin() > attemptsKeptMax) {
            throw new IllegalArgumentException(
                    "\"" + threshold + "\" wants more attempts than are kept, " + attemptsKeptMax);
        }
    }
}
