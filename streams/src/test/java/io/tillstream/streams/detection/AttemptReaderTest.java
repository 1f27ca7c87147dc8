package io.tillstream.streams.detection;

import static io.tillstream.streams.detection.Journal.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.schemas.Card;
import io.tillstream.schemas.Channel;
import io.tillstream.schemas.DeclineClass;
import io.tillstream.schemas.EntryKind;
import io.tillstream.schemas.EntryMode;
import io.tillstream.schemas.JournalEntry;
import io.tillstream.schemas.PaymentEvent;
import io.tillstream.schemas.PaymentEventType;
import io.tillstream.schemas.Source;
import io.tillstream.schemas.Tender;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class AttemptReaderTest {
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
            kind            | type       | tender | channel | entryMode   | attempt
            RECORDED        | AUTHORISED | CARD   | WEB     | ECOMMERCE   | true
            RECORDED        | DECLINED   | CARD   | WEB     | ECOMMERCE   | true
            RECORDED        | ENROLLED   | CARD   | WEB     | ECOMMERCE   | true
            RECORDED        | CAPTURED   | CARD   | WEB     | ECOMMERCE   | true
            RELEASED        | CAPTURED   | CARD   | WEB     | ECOMMERCE   | true
            PARKED          | CAPTURED   | CARD   | WEB     | ECOMMERCE   | false
            RELEASE_REFUSED | CAPTURED   | CARD   | WEB     | ECOMMERCE   | false
            RECORDED        | CAPTURED   | ECHECK | WEB     | NONE        | false
            RECORDED        | CAPTURED   | CASH   | COUNTER | NONE        | false
            RECORDED        | DECLINED   | CARD   | PHONE   | KEYED       | true
            RECORDED        | DECLINED   | CARD   | KIOSK   | KEYED       | true
            RECORDED        | DECLINED   | CARD   | COUNTER | KEYED       | true
            RECORDED        | DECLINED   | CARD   | KIOSK   | CHIP        | false
            RECORDED        | DECLINED   | CARD   | COUNTER | CONTACTLESS | false
            RECORDED        | DECLINED   | CARD   | COUNTER | SWIPE       | false
            RECORDED        | DECLINED   | CARD   | WEB     | CONTACTLESS | false
            RECORDED        | DECLINED   | CARD   | MAIL    | KEYED       | false
            RECORDED        | CAPTURED   | CARD   | WEB     | TOKEN       | false
            RECORDED        | DECLINED   | CARD   | WEB     | TOKEN       | false
            RECORDED        | ENROLLED   | CARD   | WEB     | TOKEN       | true
            """)
    void shouldTellAnAttemptFromOtherEntries(
            EntryKind kind,
            PaymentEventType type,
            Tender tender,
            Channel channel,
            EntryMode entryMode,
            boolean attempt) {
        JournalEntry entry = Journal.approved(1, START);
        entry.setKind(kind);
        PaymentEvent event = entry.getEvent();
        event.setType(type);
        event.setTender(tender);
        event.setChannel(channel);
        event.setEntryMode(entryMode);
        assertThat(AttemptReader.attempt(entry).isPresent()).isEqualTo(attempt);
    }

    @ParameterizedTest
    @EnumSource(
            value = PaymentEventType.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"AUTHORISED", "DECLINED", "ENROLLED", "CAPTURED"})
    void shouldNotCountWhatTriesNoCard(PaymentEventType type) {
        JournalEntry entry = Journal.approved(1, START);
        entry.getEvent().setType(type);
        assertThat(AttemptReader.attempt(entry)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = EntryKind.class,
            names = {"TERMS_SET", "DAY_CLOSED"})
    void shouldNotCountMarks(EntryKind kind) {
        JournalEntry entry = Journal.approved(1, START);
        entry.setKind(kind);
        entry.setEvent(null);
        assertThat(AttemptReader.attempt(entry)).isEmpty();
    }

    @Test
    void shouldKeepWhatRulesLookAt() {
        Attempt attempt = AttemptReader.attempt(Journal.declined(5, START)).orElseThrow();
        assertThat(attempt)
                .isEqualTo(new Attempt(
                        new UUID(7, 5),
                        7 ^ 5,
                        attempt.card(),
                        START.toEpochMilli(),
                        2500,
                        "USD",
                        PaymentEventType.DECLINED,
                        Channel.WEB,
                        DeclineClass.INVALID_CARD));
        assertThat(attempt.card()).isNotEqualTo(Attempt.CARD_UNKNOWN);
    }

    @Test
    void shouldNotFollowAClockThatRunsAhead() {
        JournalEntry entry = Journal.declined(5, START.plusSeconds(3600));
        entry.setRecordedAt(START);
        assertThat(AttemptReader.attempt(entry).orElseThrow().atMillis()).isEqualTo(START.toEpochMilli());
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
            fingerprint | bin      | lastFour | sameAs             | same
            fp          | 411111   | 0001     | fp/411111/0002     | true
            fp          | 411111   | 0001     | fp2/411111/0001    | false
            ''          | 411111   | 0001     | /411111/0001       | true
            ''          | 411111   | 0001     | /411111/0002       | false
            ''          | 411111   | 0001     | /41111122/0001     | false
            """)
    void shouldTellCardsApart(String fingerprint, String bin, String lastFour, String sameAs, boolean same) {
        String[] other = sameAs.split("/", -1);
        assertThat(cardOf(fingerprint, bin, lastFour) == cardOf(other[0], other[1], other[2]))
                .isEqualTo(same);
    }

    @Test
    void shouldKnowNoCardWithoutFacts() {
        assertThat(cardOf("", "411111", "")).isEqualTo(Attempt.CARD_UNKNOWN);
        JournalEntry entry = Journal.declined(1, START);
        entry.getEvent().setCard(null);
        assertThat(AttemptReader.attempt(entry).orElseThrow().card()).isEqualTo(Attempt.CARD_UNKNOWN);
        assertThat(AttemptReader.subjects(entry.getEvent())).containsExactly(subject(SubjectKind.SOURCE, "ip-1"));
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
            ipHash | deviceHash | session | source
            ip-1   | device-1   | s-1     | ip-1
            ''     | device-1   | s-1     | device-1
            ''     | ''         | s-1     | hashed
            ''     | ''         | ''      | ''
            """)
    void shouldWatchTheAddressElseTheDeviceElseTheHashedSession(
            String ipHash, String deviceHash, String session, String source) {
        PaymentEvent event = Journal.event(1, START);
        event.setSource(new Source(ipHash, deviceHash, "", "", "", session));
        List<Subject> subjects = AttemptReader.subjects(event);
        assertThat(subjects).contains(subject(SubjectKind.BIN, "411111"));
        List<String> sources = subjects.stream()
                .filter(subject -> subject.kind() == SubjectKind.SOURCE)
                .map(subject -> subject.value().matches("[0-9a-f]{32}") ? "hashed" : subject.value())
                .toList();
        assertThat(sources).isEqualTo(source.isEmpty() ? List.of() : List.of(source));
    }

    private static Subject subject(SubjectKind kind, String value) {
        return new Subject(kind, "tulsa", value);
    }

    private static long cardOf(String fingerprint, String bin, String lastFour) {
        JournalEntry entry = Journal.declined(1, START);
        entry.getEvent().setCard(new Card(fingerprint, bin, lastFour, ""));
        return AttemptReader.attempt(entry).orElseThrow().card();
    }
}
