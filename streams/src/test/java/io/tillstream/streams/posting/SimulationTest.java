package io.tillstream.streams.posting;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Posting against the auditor in ten thousand small worlds. */
final class SimulationTest {
    private static final int SEEDS = 10_000;

    @Test
    void shouldDoAsTheAuditorSaysInEveryWorld() {
        Simulation.Tally tally = new Simulation.Tally();
        for (long seed = 0; seed < SEEDS; seed++) {
            run(seed, Simulation.Setup.SOUND, tally);
        }
        assertThat(tally.inputs).isGreaterThan(500_000);
        assertThat(tally.entries).isGreaterThan(tally.inputs / 3);
        assertThat(tally.refused).isGreaterThan(tally.inputs / 10);
        assertThat(tally.quarantined).isGreaterThan(SEEDS);
        assertThat(tally.batches).isGreaterThan(5 * SEEDS);
        assertThat(tally.released).isGreaterThan(SEEDS / 4);
        assertThat(tally.restores).isGreaterThan(2 * SEEDS);
        assertThat(tally.trimmedRestores).isGreaterThan(SEEDS / 10);
        assertThat(tally.refusedTrims).isGreaterThan(SEEDS / 10);
    }

    @Test
    void shouldBeKilledBeforeEveryRecordAndGoOnAlike() {
        Simulation.Tally tally = new Simulation.Tally();
        for (long seed = 0; seed < 100; seed++) {
            run(seed, Simulation.Setup.SOUND.killedOneIn(1), tally);
        }
        assertThat(tally.restores).isGreaterThan(tally.inputs);
        assertThat(tally.trimmedRestores).isGreaterThan(200);
    }

    /** Seeds that failed once, and where to put the next one: 3040 doubled an event from the future, 1963 a late authorisation. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1963, 2208, 3040})
    void shouldReplayASeed(long seed) {
        run(seed, Simulation.Setup.SOUND, new Simulation.Tally());
    }

    static void run(long seed, Simulation.Setup setup, Simulation.Tally tally) {
        try {
            new Simulation(seed, setup, tally).run();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("Seed " + seed + ": " + e.getMessage(), e);
        }
    }
}
