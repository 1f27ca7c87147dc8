package io.tillstream.streams.posting;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.schemas.JournalEntry;
import io.tillstream.schemas.Refusal;
import io.tillstream.schemas.Refused;
import java.time.LocalDate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A horizon of two business days. A payment can be referred to while its date is open or one of the last two that closed; its id is
 * known for two horizons, and then is as if it had never been. By then an event that comes again is too old by its own time.
 */
final class HorizonRulesTest {
    private final Partition partition = new Partition();
    private final Script script = new Script(partition);

    @BeforeEach
    void start() {
        script.run("terms 2 1 100000000");
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
            closes | refund today    | the capture again     | another event with its id | another capture of it
            0      | RECORDED        | DUPLICATE             | CONFLICTING_DUPLICATE     | CONFLICTING_DUPLICATE
            1      | RECORDED        | DUPLICATE             | CONFLICTING_DUPLICATE     | CONFLICTING_DUPLICATE
            2      | RECORDED        | DUPLICATE             | CONFLICTING_DUPLICATE     | CONFLICTING_DUPLICATE
            3      | OUTSIDE_HORIZON | DUPLICATE             | CONFLICTING_DUPLICATE     | CONFLICTING_DUPLICATE
            4      | OUTSIDE_HORIZON | DUPLICATE             | CONFLICTING_DUPLICATE     | CONFLICTING_DUPLICATE
            5      | PARKED          | OUTSIDE_HORIZON       | RECORDED                  | RECORDED
            9      | PARKED          | OUTSIDE_HORIZON       | RECORDED                  | RECORDED
            """)
    void shouldForgetAfterTwoHorizons(
            int closes, String refund, String captureAgain, String sameId, String anotherCapture) {
        script.run("CAPTURED p 1000 a=1000");
        script.run("close; ".repeat(closes));
        String today = " on:" + Script.FIRST_DATE.plusDays(closes);
        assertThat(outcome("CAPTURED p 1000 a=1000")).isEqualTo(captureAgain);
        assertThat(outcome("REFUNDED p 100" + today)).isEqualTo(refund);
        assertThat(outcome("PROCESSOR_FEE f 1 id:p" + today)).isEqualTo(sameId);
        assertThat(outcome("CAPTURED p 1000 id:x a=1000" + today)).isEqualTo(anotherCapture);
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
            closes | on         | outcome
            0      | 2026-01-03 | RECORDED
            0      | 2026-01-02 | OUTSIDE_HORIZON
            2      | 2026-01-03 | RECORDED
            2      | 2026-01-02 | OUTSIDE_HORIZON
            3      | 2026-01-06 | RECORDED
            3      | 2026-01-05 | OUTSIDE_HORIZON
            9      | 2026-01-12 | RECORDED
            9      | 2026-01-11 | OUTSIDE_HORIZON
            0      | 2026-01-07 | RECORDED
            0      | 2026-01-08 | OUTSIDE_HORIZON
            3      | 2026-01-10 | RECORDED
            3      | 2026-01-11 | OUTSIDE_HORIZON
            """)
    void shouldRefuseEventsThatOccurredOutsideTheHorizon(int closes, String on, String outcome) {
        script.run("close; ".repeat(closes));
        assertThat(outcome("CAPTURED p 1000 on:" + on)).isEqualTo(outcome);
        assertThat(outcome("AUTHORISED q 1000 on:" + on)).isEqualTo(outcome);
        assertThat(outcome("FUNDED s 1000 on:" + on)).isEqualTo(outcome);
    }

    /** Business days are what closed, not what the calendar holds: a city that rests for a week loses nothing. */
    @Test
    void shouldCountClosesNotDays() {
        script.run("CAPTURED p 1000 a=1000");
        partition.close("tulsa", LocalDate.of(2026, 1, 5), LocalDate.of(2026, 1, 12));
        partition.close("tulsa", LocalDate.of(2026, 1, 12), LocalDate.of(2026, 1, 19));
        assertThat(outcome("REFUNDED p 1 on:2026-01-19")).isEqualTo("RECORDED");
        partition.close("tulsa", LocalDate.of(2026, 1, 19), LocalDate.of(2026, 1, 26));
        assertThat(outcome("REFUNDED p 1 on:2026-01-26")).isEqualTo("OUTSIDE_HORIZON");
        assertThat(outcome("CAPTURED q 1 on:2026-01-12")).isEqualTo("RECORDED");
        assertThat(outcome("CAPTURED r 1 on:2026-01-11")).isEqualTo("OUTSIDE_HORIZON");
    }

    @Test
    void shouldNotRememberAgainWhatAGrownHorizonForgot() {
        script.run("CAPTURED p 1000; close; close; close; close; close; terms 9 1 100000000; close");
        assertThat(outcome("REFUNDED p 1 on:2026-01-12")).isEqualTo("PARKED");
        assertThat(outcome("CAPTURED p 1000")).isEqualTo("OUTSIDE_HORIZON");
    }

    @Test
    void shouldForgetSoonerWithTheNextCloseOfAShrunkenHorizon() {
        script.run("CAPTURED p 1000; close; close; terms 1 1 100000000");
        assertThat(outcome("REFUNDED p 1")).isEqualTo("RECORDED");
        script.run("close");
        assertThat(outcome("REFUNDED p 1 on:2026-01-08")).isEqualTo("PARKED");
    }

    /** An id can be an event's and, of another date, a payment's: each is forgotten in its own time. */
    @Test
    void shouldForgetAnEventAndThePaymentOfItsIdEachInItsTime() {
        script.run("CAPTURED p 1000 id:c a=1000; close; close; AUTHORISED p 1000 on:2026-01-07; close; close; close");
        assertThat(outcome("REFUNDED p 1 on:2026-01-10")).isEqualTo("PARKED");
        assertThat(outcome("AUTHORISED p 1000 on:2026-01-07")).isEqualTo("DUPLICATE");
        script.run("close");
        assertThat(outcome("AUTHORISED p 1000 on:2026-01-07")).isEqualTo("DUPLICATE");
        script.run("close");
        assertThat(outcome("AUTHORISED p 1000 on:2026-01-07")).isEqualTo("OUTSIDE_HORIZON");
    }

    @Test
    void shouldKeepAPaymentLongerThanTheEventOfItsId() {
        script.run("AUTHORISED p 1000; close; close; CAPTURED p 1000 id:c a=1000; close; close; close");
        assertThat(outcome("AUTHORISED p 1000")).isEqualTo("OUTSIDE_HORIZON");
        assertThat(outcome("REFUNDED p 1 on:2026-01-10")).isEqualTo("OUTSIDE_HORIZON");
        script.run("close; close");
        assertThat(outcome("REFUNDED p 1 on:2026-01-12")).isEqualTo("PARKED");
    }

    /** Kind of the first entry, or the refusal. */
    private String outcome(String line) {
        int refused = partition.out.refused.size();
        int entries = partition.out.entries.size();
        script.run(line);
        if (partition.out.refused.size() > refused) {
            Refused refusal = partition.out.refused.get(refused);
            assertThat(refusal.getReason()).isNotEqualTo(Refusal.NONE);
            return refusal.getReason().name();
        }
        assertThat(partition.out.entries).hasSizeGreaterThan(entries);
        JournalEntry entry = partition.out.entries.get(entries);
        return entry.getKind().name();
    }
}
