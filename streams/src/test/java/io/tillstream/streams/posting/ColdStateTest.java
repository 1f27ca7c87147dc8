package io.tillstream.streams.posting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillstream.streams.posting.Simulation.Setup;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A limit on rows in memory changes nothing that anybody can see. */
final class ColdStateTest {
    private static final int HOT_ROWS = 3;
    private static final int SEEDS = 40;
    private static final int RECORDS = 500;
    private static final List<String> CITIES = List.of("tulsa", "fresno", "enid");

    /** What cold rows were used for, over all seeds. */
    private static final class Tally {
        long accepted;
        long refused;
        long returned;
        long dropped;
    }

    /** Takes every id for new. */
    private static final class Blind extends ColdRows {
        Blind(Path directory) {
            super(directory, ColdLedgers.GENERATION_ROWS, Map.of());
        }

        @Override
        ColdFilter filter(int ids) {
            return new ColdFilter(ids) {
                @Override
                boolean mayHold(long hash) {
                    return false;
                }
            };
        }
    }

    /** Does not find one kind of row. */
    private static final class Without extends ColdRows {
        private final long kind;

        Without(Path directory, long kind) {
            super(directory, ColdLedgers.GENERATION_ROWS, Map.of());
            this.kind = kind;
        }

        @Override
        byte[] find(int tenant, long high, long low, long wanted, int forgottenBefore) {
            return wanted == kind ? null : super.find(tenant, high, low, wanted, forgottenBefore);
        }
    }

    /** A row that has been here once is not written again. */
    private static final class Stale extends ColdRows {
        private final Set<ByteBuffer> known = new HashSet<>();

        Stale(Path directory) {
            super(directory, ColdLedgers.GENERATION_ROWS, Map.of());
        }

        @Override
        void put(long high, long low, int tenant, int businessDate, byte[] packed) {
            ByteBuffer key = ByteBuffer.allocate(24)
                    .putLong(high)
                    .putLong(low)
                    .putInt(tenant)
                    .putInt(businessDate);
            if (known.add(key.flip())) {
                super.put(high, low, tenant, businessDate, packed);
            }
        }
    }

    /** Loses what was taken back. */
    private static final class Forgiving extends ColdRows {
        Forgiving(Path directory) {
            super(directory, ColdLedgers.GENERATION_ROWS, Map.of());
        }

        @Override
        void put(long high, long low, int tenant, int businessDate, byte[] packed) {
            packed[16] &= 1; // has lines, but no reversal
            super.put(high, low, tenant, businessDate, packed);
        }
    }

    /** Finds what is forgotten. */
    private static final class Unforgetting extends ColdRows {
        Unforgetting(Path directory) {
            super(directory, ColdLedgers.GENERATION_ROWS, Map.of());
        }

        @Override
        byte[] find(int tenant, long high, long low, long kind, int forgottenBefore) {
            return super.find(tenant, high, low, kind, Tenants.NEVER);
        }

        @Override
        void dropForgotten(Tenants tenants) {
            // keeps all
        }
    }

    @TempDir
    private Path directory;

    @Test
    void shouldPostTheSameWithAndWithoutALimit() {
        Tally tally = new Tally();
        assertSame(ColdLedgers::sound, tally);
        assertThat(tally.accepted).isGreaterThan(5_000);
        assertThat(tally.refused).isGreaterThan(3_000);
        assertThat(tally.returned).isGreaterThan(1_000);
        assertThat(tally.dropped).isGreaterThan(1_000);
    }

    /** With kills, and restores from the whole journal and from retained closes. */
    @Test
    void shouldDoAsTheAuditorSaysWithALimit() {
        Simulation.Tally tally = new Simulation.Tally();
        for (long seed = 0; seed < SEEDS; seed++) {
            try (ColdLedgers ledgers = new ColdLedgers(directory, HOT_ROWS, ColdLedgers::sound)) {
                SimulationTest.run(seed, Setup.SOUND.with(ledgers, Setup.SOUND.stored()), tally);
            }
        }
        assertThat(tally.restores).isGreaterThan(2 * SEEDS);
        assertThat(tally.trimmedRestores).isPositive();
        assertThat(tally.released).isPositive();
    }

    @Test
    void shouldSeeThatTheFilterSaysNo() {
        assertSeen(Blind::new);
    }

    @Test
    void shouldSeeThatColdDuplicatesAreNotFound() {
        assertSeen(path -> new Without(path, Rows.EVENT));
    }

    @Test
    void shouldSeeThatColdPaymentsAreNotFound() {
        assertSeen(path -> new Without(path, Rows.PAYMENT));
    }

    @Test
    void shouldSeeThatAStaleCopyIsTaken() {
        assertSeen(Stale::new);
    }

    @Test
    void shouldSeeThatWhatWasTakenBackIsLost() {
        assertSeen(Forgiving::new);
    }

    @Test
    void shouldSeeThatWhatIsForgottenIsFound() {
        assertSeen(Unforgetting::new);
    }

    private void assertSeen(Function<Path, ColdRows> mutant) {
        assertThatThrownBy(() -> assertSame(mutant, new Tally()))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("Seed ");
    }

    private void assertSame(Function<Path, ColdRows> kind, Tally tally) {
        for (long seed = 0; seed < SEEDS; seed++) {
            try (ColdLedgers ledgers = new ColdLedgers(directory, HOT_ROWS, kind)) {
                assertSame(seed, ledgers, tally);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("Seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }

    private static void assertSame(long seed, ColdLedgers ledgers, Tally tally) {
        PostingCodecs codecs = TestCodecs.shared();
        Recorder expected = new Recorder(codecs);
        Recorder found = new Recorder(codecs);
        Ledger whole = new Ledger();
        Ledger limited = ledgers.get();
        Poster posterOfWhole = new Poster(codecs, 0, 2, new Decider(), expected);
        Poster posterOfLimited = new Poster(codecs, 0, 2, new Decider(), found);
        List<Input> inputs = new InputMaker(seed, codecs, 0, 2).make(RECORDS);
        for (int i = 0; i < inputs.size(); i++) {
            byte[] value = inputs.get(i).value();
            posterOfWhole.post(whole, value, i, Partition.TIMESTAMP_MS);
            posterOfLimited.post(limited, value, i, Partition.TIMESTAMP_MS);
            assertSame("record " + i, expected, found);
            assertThat(balances(limited)).as("balances").isEqualTo(balances(whole));
        }
        tally.accepted += found.journal.size();
        tally.refused += found.refused.size();
        int returned = limited.payments().size() - whole.payments().size();
        tally.returned += returned;
        tally.dropped += limited.payments().size() - HOT_ROWS - ledgers.latest().rows();
    }

    private static void assertSame(String where, Recorder expected, Recorder found) {
        assertThat(found.journal).as(where).hasSameSizeAs(expected.journal);
        int last = found.journal.size() - 1;
        // The hash of the last entry is over all before it.
        if (last >= 0 && !Arrays.equals(found.journal.get(last), expected.journal.get(last))) {
            throw new AssertionError(
                    where + "\n expected " + expected.entries.get(last) + "\n found    " + found.entries.get(last));
        }
        assertThat(found.refused).as(where).hasSameSizeAs(expected.refused);
        int refused = found.refused.size() - 1;
        if (refused >= 0) {
            assertThat(found.refused.get(refused)).as(where).isEqualTo(expected.refused.get(refused));
        }
        assertThat(found.quarantined).as(where).hasSameSizeAs(expected.quarantined);
        assertThat(found.parts).as(where).hasSameSizeAs(expected.parts);
    }

    private static List<Object> balances(Ledger ledger) {
        return CITIES.stream()
                .map(city -> city.getBytes(StandardCharsets.UTF_8))
                .map(name -> ledger.tenants().find(name, 0, name.length))
                .<Object>map(tenant -> tenant == null ? List.of() : ledger.balancesOf(tenant))
                .toList();
    }
}
