package io.tillstream.streams.posting;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillstream.schemas.PaymentEventType;
import io.tillstream.schemas.Refusal;
import io.tillstream.schemas.hot.EventView;
import io.tillstream.streams.posting.Simulation.Setup;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Posting with one guard taken out or one rule turned round: the simulation must see each. */
final class MutantsTest {
    private static final int SEEDS = 200;

    /** Without the check itself it is the balances, the sequence of what comes next, or another entry's own check that tell. */
    private static final String BY_ITS_EFFECTS = "I3|I6|came out otherwise|Journal: expected";

    /** Every event is taken for new. */
    private static final class NoDedupe extends Decider {
        @Override
        Refusal duplicateOf(Payments payments, Tenants.Tenant tenant, EventView event) {
            return Refusal.NONE;
        }
    }

    /** Debits and credits of one type of event have changed places; one of them only if {@code onlyFirst}. */
    private static final class TurnedSign extends Decider {
        private final PaymentEventType type;
        private final boolean onlyFirst;

        TurnedSign(PaymentEventType type, boolean onlyFirst) {
            this.type = type;
            this.onlyFirst = onlyFirst;
        }

        @Override
        Decision decide(Ledger ledger, Tenants.Tenant tenant, EventView event) {
            return turn(super.decide(ledger, tenant, event), event);
        }

        @Override
        Decision decideParked(Ledger ledger, Tenants.Tenant tenant, EventView event) {
            return turn(super.decideParked(ledger, tenant, event), event);
        }

        private Decision turn(Decision decision, EventView event) {
            if (event.type() != type || decision.postingCount() == 0) {
                return decision;
            }
            Decision turned = new Decision().record(decision.tender());
            turned.through(
                    decision.throughPrefix(),
                    decision.throughSource(),
                    decision.throughFrom(),
                    decision.throughLength());
            for (int i = 0; i < decision.postingCount(); i++) {
                turned.post(
                        onlyFirst && i > 0 ? decision.amount(i) : -decision.amount(i),
                        decision.prefix(i),
                        decision.source(i),
                        decision.from(i),
                        decision.length(i));
            }
            return turned;
        }
    }

    /** A ledger that takes whatever the topic holds. */
    private static final class Credulous extends Ledger {
        @Override
        void checkFollows(byte[] value, long sequence) {
            // believes it
        }
    }

    @Test
    void shouldPassWithoutAMutant() {
        for (long seed = 0; seed < SEEDS; seed++) {
            SimulationTest.run(seed, Setup.SOUND, new Simulation.Tally());
        }
    }

    @Test
    void shouldSeeThatDedupeIsOff() {
        assertSeen(Setup.SOUND.with(NoDedupe::new), "expected|I2");
    }

    @ParameterizedTest
    @EnumSource(
            value = PaymentEventType.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"AUTHORISED", "DECLINED", "ENROLLED"})
    void shouldSeeATurnedSign(PaymentEventType type) {
        assertSeen(Setup.SOUND.with(() -> new TurnedSign(type, true)), "debits = credits");
        assertSeen(Setup.SOUND.with(() -> new TurnedSign(type, false)), "expected");
    }

    @Test
    void shouldBeStoppedByWhatTheTopicLost() {
        assertSeen(Setup.SOUND.with(Ledger::new, MutantsTest::withoutTheMiddle), "expected sequence");
        assertSeen(Setup.SOUND.with(Ledger::new, MutantsTest::swapped), "expected sequence");
        assertSeen(Setup.SOUND.with(Ledger::new, MutantsTest::changed), "a hash that follows");
    }

    @Test
    void shouldSeeThatTheSequenceCheckIsOff() {
        assertSeen(Setup.SOUND.with(Credulous::new, MutantsTest::withoutTheMiddle), BY_ITS_EFFECTS);
    }

    @Test
    void shouldSeeThatTheChainCheckIsOff() {
        assertSeen(Setup.SOUND.with(Credulous::new, MutantsTest::changed), BY_ITS_EFFECTS);
    }

    private static void assertSeen(Setup mutant, String how) {
        assertThatThrownBy(() -> {
                    for (long seed = 0; seed < SEEDS; seed++) {
                        SimulationTest.run(seed, mutant, new Simulation.Tally());
                    }
                })
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("Seed ")
                .message()
                .containsPattern(how);
    }

    private static List<byte[]> withoutTheMiddle(List<byte[]> journal) {
        List<byte[]> stored = new ArrayList<>(journal);
        if (stored.size() > 2) {
            stored.remove(stored.size() / 2);
        }
        return stored;
    }

    private static List<byte[]> swapped(List<byte[]> journal) {
        List<byte[]> stored = new ArrayList<>(journal);
        if (stored.size() > 2) {
            Collections.swap(stored, stored.size() / 2, stored.size() / 2 + 1);
        }
        return stored;
    }

    /** The last byte before the hash: a letter of the session or the length of an empty one. */
    private static List<byte[]> changed(List<byte[]> journal) {
        List<byte[]> stored = new ArrayList<>(journal);
        if (!stored.isEmpty()) {
            byte[] last = stored.get(stored.size() - 1).clone();
            last[last.length - 1] ^= 1;
            stored.set(stored.size() - 1, last);
        }
        return stored;
    }
}
