package io.tillstream.loadtests.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/**
 * One of two posting processes is about to die, and the other has warm standbys of all that it posts.
 *
 * @param victim which of the two
 * @param survivor the other
 * @param held entries in the victim's partitions
 * @param restoredBefore entries that the survivor has read for its partitions up to now
 */
record Takeover(int victim, PostingProcess survivor, double held, double restoredBefore) {
    private static final Duration LONG = Duration.ofMinutes(2);

    /** Fewer would not tell a takeover by a standby from one that reads the journal again. */
    private static final int HELD_MIN = 1000;

    /** A standby reads what is committed, every 200 ms, under load: so far behind is warm. */
    private static final int LAG_MAX = 500;

    private static final int RESTORED_PART_MAX = 10;

    /** Waits until one can be killed, rather the wished than the other: the one that is back may have nothing to post yet. */
    static Takeover prepared(PostingProcess[] posting, int wished, int partitions, String told) {
        return await(told + ", a victim whose tasks the other has as standbys")
                .until(
                        () -> of(posting, wished, partitions).or(() -> of(posting, 1 - wished, partitions)),
                        Optional::isPresent)
                .orElseThrow();
    }

    private static Optional<Takeover> of(PostingProcess[] posting, int victim, int partitions) {
        PostingProcess survivor = posting[1 - victim];
        Map<Integer, Double> victims = posting[victim].sequences();
        Map<Integer, Double> standbys = survivor.standbyLags();
        Set<Integer> posted = new HashSet<>(victims.keySet());
        posted.addAll(survivor.sequences().keySet());
        double held = victims.values().stream().mapToDouble(Double::doubleValue).sum();
        boolean isWarm = posted.size() == partitions // none is on its way from one to the other
                && held >= HELD_MIN
                && standbys.keySet().containsAll(victims.keySet())
                && victims.keySet().stream().allMatch(partition -> standbys.get(partition) <= LAG_MAX);
        return isWarm ? Optional.of(new Takeover(victim, survivor, held, survivor.restored())) : Optional.empty();
    }

    /** Waits until the survivor posts everything; it may have read only what its standbys were behind. */
    void assertByStandby(int partitions, String told) {
        await(told + ", takeover").until(() -> survivor.sequences().size() == partitions);
        double restored = survivor.restored() - restoredBefore;
        assertThat(restored)
                .as("%s: entries read again at the takeover of partitions with %s", told, held)
                .isLessThan(held / RESTORED_PART_MAX);
    }

    private static ConditionFactory await(String what) {
        return Awaitility.await(what)
                .atMost(LONG)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions();
    }
}
