package io.tillstream.streams.posting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillstream.schemas.EntryKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a journal must be so that a ledger may be made from it: gapless, chained, and from a close with two horizons behind it. */
final class RestoreRulesTest {
    private final Partition partition = new Partition();
    private final Script script = new Script(partition);

    @Test
    void shouldRefuseAMissingEntry() {
        aBusyDay();
        for (int missing = 0; missing < journal().size() - 1; missing++) {
            List<byte[]> without = new ArrayList<>(journal());
            without.remove(missing);
            assertThatThrownBy(() -> Partition.restored(without))
                    .as("without %s", missing)
                    .isInstanceOf(BrokenInvariantException.class)
                    .hasMessageContaining("expected sequence " + missing);
        }
    }

    @Test
    void shouldRefuseSwappedEntries() {
        aBusyDay();
        for (int at = 1; at < journal().size(); at++) {
            List<byte[]> swapped = new ArrayList<>(journal());
            Collections.swap(swapped, at - 1, at);
            assertThatThrownBy(() -> Partition.restored(swapped)).isInstanceOf(BrokenInvariantException.class);
        }
    }

    @Test
    void shouldRefuseADoubledEntry() {
        aBusyDay();
        List<byte[]> doubled = new ArrayList<>(journal());
        doubled.add(3, doubled.get(2));
        assertThatThrownBy(() -> Partition.restored(doubled))
                .isInstanceOf(BrokenInvariantException.class)
                .hasMessageContaining("expected sequence 3, found sequence 2");
    }

    @Test
    void shouldRefuseAChangedByteWhereverItStands() {
        aBusyDay();
        byte[] entry = journal().get(1);
        for (int at = 5; at < entry.length; at++) {
            List<byte[]> changed = new ArrayList<>(journal());
            byte[] other = entry.clone();
            other[at] ^= 1;
            changed.set(1, other);
            assertThatThrownBy(() -> Partition.restored(changed))
                    .as("byte %s", at)
                    .isInstanceOfAny(
                            BrokenInvariantException.class, io.tillstream.schemas.UnreadableRecordException.class);
        }
    }

    @Test
    void shouldRefuseEntriesOfAnotherPartition() {
        aBusyDay();
        Partition other = new Partition();
        new Script(other).run("terms 1 1 1000; CAPTURED x 1; CAPTURED y 2; CAPTURED z 3");
        List<byte[]> mixed = new ArrayList<>(journal().subList(0, 2));
        mixed.add(other.out.journal.get(2));
        assertThatThrownBy(() -> Partition.restored(mixed))
                .isInstanceOf(BrokenInvariantException.class)
                .hasMessageContaining("a hash that follows");
    }

    @Test
    void shouldChangeNothingWhenAnEntryDoesNotFollow() {
        aBusyDay();
        Ledger ledger = Partition.restored(journal().subList(0, 2));
        assertThatThrownBy(() -> Partition.restore(ledger, journal().subList(3, 4)))
                .isInstanceOf(BrokenInvariantException.class);
        Partition.restore(ledger, journal().subList(2, journal().size()));
        assertThat(ledger.nextSequence()).isEqualTo(journal().size());
        assertThat(ledger.chain().head()).isEqualTo(partition.ledger().chain().head());
    }

    /** With a horizon of one: the close at the beginning and two after it. */
    @Test
    void shouldAskForTwoHorizonsAfterTheCloseThatBegins() {
        script.run(
                "terms 1 1 100000; CAPTURED p 1000 a=1000; close; CAPTURED q 10; close; CAPTURED r 10 on:2026-01-07; close");
        int first = closes().get(0);
        int second = closes().get(1);
        partition.restore(first);
        assertThat(partition.balances("tulsa"))
                .containsEntry("in-transit:acme", 1020L)
                .containsEntry("fund:a", -1000L);
        assertThatThrownBy(() -> partition.restore(second))
                .isInstanceOf(BrokenInvariantException.class)
                .hasMessageContaining("two horizons (2 closes) of tulsa");
    }

    @Test
    void shouldRefuseAJournalThatBeginsWithAnythingButAClose() {
        aBusyDay();
        for (int first = 1; first < journal().size(); first++) {
            int from = first;
            boolean isClose = partition.out.entries.get(from).getKind() == EntryKind.DAY_CLOSED;
            assertThatThrownBy(() -> partition.restore(from))
                    .isInstanceOf(BrokenInvariantException.class)
                    .hasMessageContaining(isClose ? "two horizons" : "expected sequence 0");
        }
    }

    @Test
    void shouldDecideAsBeforeWhenItBeginsWithAClose() {
        script.run("terms 1 1 100000; CAPTURED p 1000 a=1000; REFUNDED x 1; close; CAPTURED q 10; REFUNDED y 5; close");
        script.run("CAPTURED r 10 on:2026-01-07; close; CAPTURED s 10 on:2026-01-08; REFUNDED z 5 on:2026-01-08");
        partition.restore(closes().get(0));
        script.run("CAPTURED q 10; REFUNDED q 5 on:2026-01-08; REFUNDED r 5 on:2026-01-08; VOIDED s 10 on:2026-01-08");
        script.run("CAPTURED z 100 on:2026-01-08; close; REFUNDED p 1 on:2026-01-09");
        List<byte[]> fromTheClose = List.copyOf(journal());
        int refused = partition.out.refused.size();

        Partition whole = new Partition();
        Script again = new Script(whole);
        again.run("terms 1 1 100000; CAPTURED p 1000 a=1000; REFUNDED x 1; close; CAPTURED q 10; REFUNDED y 5; close");
        again.run("CAPTURED r 10 on:2026-01-07; close; CAPTURED s 10 on:2026-01-08; REFUNDED z 5 on:2026-01-08");
        again.run("CAPTURED q 10; REFUNDED q 5 on:2026-01-08; REFUNDED r 5 on:2026-01-08; VOIDED s 10 on:2026-01-08");
        again.run("CAPTURED z 100 on:2026-01-08; close; REFUNDED p 1 on:2026-01-09");
        assertThat(fromTheClose).containsExactlyElementsOf(whole.out.journal);
        assertThat(refused).isEqualTo(whole.out.refused.size());
        assertThat(partition.out.refused).isEqualTo(whole.out.refused);
    }

    @Test
    void shouldBringForwardMoreAccountsThanItHasRoomForAtFirst() {
        script.run("terms 1 1 100000");
        for (int fund = 0; fund < 300; fund++) {
            script.run("CAPTURED p" + fund + " 10 fund" + fund + "=10");
        }
        script.run("close; close; close");
        partition.restore(closes().get(0));
        assertThat(partition.balances("tulsa")).hasSize(301).containsEntry("fund:fund299", -10L);
    }

    @Test
    void shouldTakeInACityThatJoinedAfterTheBeginning() {
        script.run("terms 1 1 1000; close; close; terms 1 1 1000 of:fresno; close; CAPTURED p 10 of:fresno");
        partition.restore(closes().get(0));
        assertThat(partition.balances("fresno")).containsEntry("clearing:acme", 10L);
        script.run("close fresno");
        partition.restore(closes().get(0));
        assertThat(partition.balances("fresno")).containsEntry("in-transit:acme", 10L);
    }

    @Test
    void shouldNotTakeChangedTermsForThoseOfANewCity() {
        script.run("terms 1 1 1000; terms 1 1 1000 of:fresno; CAPTURED p 10 of:fresno; close; close");
        script.run("terms 1 0 1000 of:fresno; close");
        assertThatThrownBy(() -> partition.restore(closes().get(0)))
                .isInstanceOf(BrokenInvariantException.class)
                .hasMessageContaining("fresno");
    }

    @Test
    void shouldAskForTwoHorizonsOfEveryCity() {
        script.run("terms 1 1 1000; terms 1 1 1000 of:fresno; close; close; close; close fresno; close fresno");
        assertThatThrownBy(() -> partition.restore(closes().get(0)))
                .isInstanceOf(BrokenInvariantException.class)
                .hasMessageContaining("fresno");
        script.run("close fresno");
        partition.restore(closes().get(0));
        assertThat(partition.ledger().nextSequence()).isEqualTo(journal().size());
    }

    /** A horizon that shrinks forgets with the next close only: until then older payments still count. */
    @Test
    void shouldNotTrustAHorizonThatShrankSinceTheLastClose() {
        script.run("terms 3 1 1000; CAPTURED p 1000 a=1000; close; close; close; terms 1 1 1000");
        assertThatThrownBy(() -> partition.restore(closes().get(0))).isInstanceOf(BrokenInvariantException.class);
        script.run("close");
        partition.restore(closes().get(0));
        assertThat(partition.balances("tulsa")).containsEntry("fund:a", -1000L);
    }

    @Test
    void shouldStartEmptyFromAnEmptyJournal() {
        partition.restore(0);
        assertThat(partition.ledger().nextSequence()).isZero();
        aBusyDay();
        assertThat(partition.out.entries).hasSize(7);
    }

    private void aBusyDay() {
        script.run("terms 1 1 100000; CAPTURED p 1000 a=1000; REFUNDED x 1; REFUNDED p 10; close; CAPTURED q 9");
    }

    private List<byte[]> journal() {
        return partition.out.journal;
    }

    private List<Integer> closes() {
        List<Integer> closes = new ArrayList<>();
        for (int i = 0; i < partition.out.entries.size(); i++) {
            if (partition.out.entries.get(i).getKind() == EntryKind.DAY_CLOSED) {
                closes.add(i);
            }
        }
        return closes;
    }
}
