package io.tillstream.local.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tillstream.local.client.Answer;
import io.tillstream.schemas.Channel;
import io.tillstream.schemas.EntryKind;
import io.tillstream.schemas.QuarantineReason;
import io.tillstream.schemas.Refusal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BookTest {
    private static final City CITY = Cities.city("cedar-hollow");
    private static final Possible PAID = Possible.recorded(Map.of("till:COUNTER", 100L, "fund:water", -100L));
    private static final Position POSITION = new Position(1, 7);

    private final Book book = new Book(true);

    @Test
    void shouldAgreeWhenEveryEventHasItsOutcome() {
        accepted(event("a", PAID));
        accepted(event("b", Possible.released(Map.of("fund:water", 40L, "till:COUNTER", -40L))));
        accepted(event("c", Possible.refused(Refusal.AMOUNT_TOO_LARGE)));
        accepted(event("d", Possible.parked()));
        book.unreadable(POSITION, QuarantineReason.WRONG_MAGIC);
        Comparison comparison = book.compare(
                Map.of(
                        id("a"), seen(EntryKind.RECORDED),
                        id("b"), seen(EntryKind.PARKED, EntryKind.RELEASED),
                        id("c"), refused(Refusal.AMOUNT_TOO_LARGE),
                        id("d"), seen(EntryKind.PARKED)),
                Map.of(POSITION, QuarantineReason.WRONG_MAGIC));
        assertThat(comparison)
                .isEqualTo(new Comparison(
                        0, 0, List.of(), Map.of("cedar-hollow", Map.of("fund:water", -60L, "till:COUNTER", 60L))));
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
                    entries,                refusal,           differences
                    RELEASED,               NONE,              0
                    RELEASE_REFUSED,        NONE,              0
                    RELEASE_REFUSED,        PAYMENT_NOT_FOUND, 0
                    '',                     PAYMENT_NOT_FOUND, 1
                    RECORDED,               NONE,              1
                    PARKED,                 NONE,              1
                    PARKED RELEASE_REFUSED, PAYMENT_NOT_FOUND, 1
                    """)
    void shouldPassOverWhatAnEarlierRunLeftParked(String entries, Refusal refusal, int differences) {
        Observed observed = observed(entries, refusal);
        assertThat(book.compare(Map.of(id("unknown"), observed), Map.of()).differences())
                .hasSize(differences);
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
                    expected, entries,                    refusal,          lost, doubled, differences
                    RECORDED, '',                         NONE,             1,    0,       1
                    RECORDED, RECORDED RECORDED,          NONE,             0,    1,       1
                    RECORDED, RECORDED PARKED,            NONE,             0,    1,       1
                    RECORDED, PARKED,                     NONE,             0,    0,       1
                    RECORDED, '',                         AMOUNT_TOO_LARGE, 1,    0,       1
                    RECORDED, RECORDED,                   DUPLICATE,        0,    0,       1
                    RECORDED, RECORDED,                   CONFLICTING_DUPLICATE, 0, 0,     1
                    RELEASED, PARKED,                     NONE,             0,    0,       1
                    RELEASED, PARKED RELEASED RELEASED,   NONE,             0,    0,       1
                    PARKED,   PARKED RELEASE_REFUSED,     NONE,             0,    0,       1
                    REFUSED,  RECORDED,                   NONE,             0,    0,       1
                    REFUSED,  '',                         DUPLICATE,        1,    0,       1
                    """)
    void shouldNoticeWhenTheLedgerIsWrong(
            Possible.Outcome expected, String entries, Refusal refusal, long lost, long doubled, int differences) {
        accepted(event(
                "a",
                new Possible(
                        expected,
                        expected == Possible.Outcome.REFUSED ? Refusal.EXCEEDS_CAPTURED : Refusal.NONE,
                        Map.of())));
        Observed observed = observed(entries, refusal);
        Comparison comparison = book.compare(Map.of(id("a"), observed), Map.of());
        assertThat(comparison.lost()).isEqualTo(lost);
        assertThat(comparison.doubled()).isEqualTo(doubled);
        assertThat(comparison.differences()).hasSize(differences);
    }

    @Test
    void shouldExpectAsManyDuplicatesAtMostAsWereSentAgain() {
        Step step = event("a", PAID);
        accepted(step);
        accepted(repeat(step, Step.Kind.RESEND));
        assertThat(book.duplicateCount()).isEqualTo(1);
        assertThat(differences(seen(EntryKind.RECORDED))).isEmpty();
        assertThat(differences(with(seen(EntryKind.RECORDED), Refusal.DUPLICATE)))
                .isEmpty();
        assertThat(differences(with(with(seen(EntryKind.RECORDED), Refusal.DUPLICATE), Refusal.DUPLICATE)))
                .hasSize(1);
    }

    @Test
    void shouldExpectAConflictToBeRefusedWhenIngestAcceptedIt() {
        Step step = event("a", PAID);
        accepted(step);
        accepted(repeat(step, Step.Kind.CONFLICT));
        assertThat(differences(seen(EntryKind.RECORDED))).hasSize(1);
        assertThat(differences(with(seen(EntryKind.RECORDED), Refusal.CONFLICTING_DUPLICATE)))
                .isEmpty();
    }

    @Test
    void shouldNotKnowHowOftenARequestWithoutAnAnswerIsOnTheTopic() {
        Step step = event("a", PAID);
        book.retried(step);
        accepted(step);
        Step conflict = repeat(step, Step.Kind.CONFLICT);
        book.retried(conflict);
        accepted(conflict);
        Observed once = with(seen(EntryKind.RECORDED), Refusal.CONFLICTING_DUPLICATE);
        assertThat(differences(once)).isEmpty();
        assertThat(differences(with(with(once, Refusal.DUPLICATE), Refusal.CONFLICTING_DUPLICATE)))
                .isEmpty();
        assertThat(differences(with(once, Refusal.CONFLICTING_DUPLICATE))).hasSize(1);
        assertThat(book.retryCount()).isEqualTo(2);
    }

    @Test
    void shouldTakeEitherOutcomeWhenACloseMayComeBetween() {
        Possible tooLate = Possible.refused(Refusal.VOID_AFTER_CLOSE);
        accepted(new Step(CITY, Channel.COUNTER, Step.Kind.EVENT, "a", "{}", Step.ACCEPTED, List.of(PAID, tooLate), 0));
        assertThat(differences(seen(EntryKind.RECORDED))).isEmpty();
        Comparison late = book.compare(Map.of(id("a"), refused(Refusal.VOID_AFTER_CLOSE)), Map.of());
        assertThat(late.differences()).isEmpty();
        assertThat(late.movements().getOrDefault("cedar-hollow", Map.of())).isEmpty();
    }

    @Test
    void shouldNoticeWhenTheJournalHoldsAnEventThatNobodySent() {
        assertThat(book.compare(Map.of(id("x"), seen(EntryKind.RECORDED)), Map.of())
                        .differences())
                .hasSize(1);
    }

    @Test
    void shouldNoticeWhenAnUnreadableRecordIsNotQuarantinedOrAReadableOneIs() {
        book.unreadable(POSITION, QuarantineReason.MALFORMED);
        assertThat(book.compare(Map.of(), Map.of()).lost()).isEqualTo(1);
        Map<Position, QuarantineReason> quarantined =
                Map.of(POSITION, QuarantineReason.MALFORMED, new Position(0, 3), QuarantineReason.MALFORMED);
        assertThat(book.compare(Map.of(), quarantined).differences()).hasSize(1);
    }

    @Test
    void shouldTellAnAnswerThatIsNotRight() {
        Step step = event("a", PAID);
        assertThat(book.answered(step, answer(400, "a"))).isFalse();
        assertThat(book.surprises()).hasSize(1);
    }

    @Test
    void shouldNotCallAnEventLostWhenItWasGivenUp() {
        Step step = event("a", PAID);
        book.unanswered(step, "no answer");
        assertThat(book.compare(Map.of(), Map.of()).lost()).isZero();
        assertThat(differences(seen(EntryKind.RECORDED))).isEmpty();
    }

    private List<String> differences(Observed observed) {
        return book.compare(new HashMap<>(Map.of(id("a"), observed)), Map.of()).differences();
    }

    private void accepted(Step step) {
        assertThat(book.answered(step, answer(202, step.idempotencyKey()))).isTrue();
    }

    private static Answer answer(int status, String key) {
        return new Answer(
                status, JsonNodeFactory.instance.objectNode().put("eventId", id(key).toString()), Optional.empty());
    }

    private static Step event(String key, Possible possible) {
        return new Step(CITY, Channel.COUNTER, Step.Kind.EVENT, key, "{}", Step.ACCEPTED, List.of(possible), 0);
    }

    private static Step repeat(Step step, Step.Kind kind) {
        return new Step(CITY, Channel.COUNTER, kind, step.idempotencyKey(), "{}", Set.of(202, 409), List.of(), 1);
    }

    private static UUID id(String key) {
        return event(key, PAID).eventId();
    }

    private static Observed seen(EntryKind... kinds) {
        Observed observed = new Observed();
        for (EntryKind kind : kinds) {
            observed.entry(kind);
        }
        return observed;
    }

    private static Observed refused(Refusal reason) {
        return with(new Observed(), reason);
    }

    private static Observed with(Observed observed, Refusal reason) {
        observed.refusal(reason);
        return observed;
    }

    private static Observed observed(String entries, Refusal refusal) {
        Observed observed = new Observed();
        for (String kind : entries.split(" ", -1)) {
            if (!kind.isEmpty()) {
                observed.entry(EntryKind.valueOf(kind));
            }
        }
        if (refusal != Refusal.NONE) {
            observed.refusal(refusal);
        }
        return observed;
    }
}
