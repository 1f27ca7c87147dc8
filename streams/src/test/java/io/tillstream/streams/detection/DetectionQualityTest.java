package io.tillstream.streams.detection;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.schemas.TrustedRecords;
import io.tillstream.streams.detection.DetectionMeasurement.Recall;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A small part of what docs/detection.md measures, so that a change of rules that loses it does not pass. */
final class DetectionQualityTest {
    private static final long SEED = 7;

    private final DetectionMeasurement measurement = new DetectionMeasurement(DetectionRules.defaults(), SEED);

    @BeforeAll
    static void trust() {
        TrustedRecords.trust();
    }

    @Test
    void shouldFindBurstsByTheTenthAttempt() {
        Recall recall = measurement.bursts(30);
        assertThat(recall.by(10)).as("seed %d", SEED).isGreaterThanOrEqualTo(0.97);
        assertThat(recall.by(20)).as("seed %d", SEED).isEqualTo(1);
        assertThat(recall.precision()).as("seed %d", SEED).isGreaterThanOrEqualTo(0.98);
    }

    @Test
    void shouldFindEnumerationsByTheTwentiethAttempt() {
        Recall recall = measurement.enumerations(30);
        assertThat(recall.by(20)).as("seed %d", SEED).isGreaterThanOrEqualTo(0.98);
        assertThat(recall.precision()).as("seed %d", SEED).isGreaterThanOrEqualTo(0.95);
    }

    @Test
    void shouldRaiseNoFalseAlarmInHonestMonths() {
        assertThat(measurement.falseAlarms(3).details()).as("seed %d", SEED).isEmpty();
    }

    /** The measurement can fail: without the number of distinct cards, honest payers raise alarms. */
    @Test
    void shouldRaiseFalseAlarmsWhenCardsAreNotCounted() {
        DetectionRules defaults = DetectionRules.defaults();
        DetectionRules careless = new DetectionRules(
                defaults.window(),
                defaults.lateness(),
                defaults.attemptsKeptMax(),
                defaults.smallAmountBelow(),
                List.of("8 in 10m at 60% on 1 cards"),
                defaults.binThresholds());
        assertThat(new DetectionMeasurement(careless, SEED).falseAlarms(2).details())
                .as("seed %d", SEED)
                .isNotEmpty();
    }
}
