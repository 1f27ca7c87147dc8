package io.tillstream.streams.detection;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.schemas.Anomaly;
import io.tillstream.schemas.Channel;
import io.tillstream.schemas.DeclineClass;
import io.tillstream.schemas.PaymentEventType;
import io.tillstream.schemas.TrustedRecords;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WatchTest {
    private static final Subject SOURCE = new Subject(SubjectKind.SOURCE, "tulsa", "ip-1");
    private static final Subject BIN = new Subject(SubjectKind.BIN, "tulsa", "411111");
    private static final long START_MILLIS =
            Instant.parse("2026-11-20T10:00:00Z").toEpochMilli();
    private static final long WINDOW_MILLIS = Duration.ofMinutes(10).toMillis();

    private final MapBuckets buckets = new MapBuckets();
    private final Watch watch = new Watch(DetectionRules.defaults(), buckets);

    @BeforeAll
    static void trust() {
        TrustedRecords.trust();
    }

    /**
     * Attempts at even intervals, each letter one of them: d declined, s small and declined, S small and approved, a approved,
     * t declined for a technical reason, p declined for want of money, e saved. The card of the n-th is the n-th modulo cards.
     */
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
            subject | attempts                 | cards | everyMillis | anomalyAt | why
            SOURCE  | dddddd                   | 99    | 100         | 6         | a burst
            SOURCE  | ssssss                   | 99    | 100         | 6         | a burst of small amounts
            SOURCE  | dSSdSd                   | 99    | 100         | 6         | half refused, the others small
            SOURCE  | SdSSSdSSSdSSSdSSSdSSSdSS | 99    | 100         | 0         | small amounts, most of them good
            SOURCE  | SSSSSSSSSSSSSSSSSSSSSSSS | 99    | 100         | 0         | a parking meter
            SOURCE  | eeeeee                   | 99    | 100         | 6         | saved cards
            SOURCE  | daddad                   | 99    | 100         | 6         | two of six go through
            SOURCE  | adaddad                  | 99    | 100         | 7         | four of six at the seventh
            SOURCE  | dadaadadad               | 99    | 100         | 10        | half go through
            SOURCE  | ddddd                    | 99    | 100         | 0         | five are not enough
            SOURCE  | dddddddd                 | 3     | 100         | 0         | a family with three cards
            SOURCE  | dddddddd                 | 4     | 100         | 6         | four cards
            SOURCE  | dddddddddddddddddddddddd | 1     | 100         | 0         | one card, again and again
            SOURCE  | aaaaaaaaaaaaaaaaaaaaaaaa | 99    | 100         | 0         | a crowd behind one address
            SOURCE  | aaaadddaaaadddaaaadddaaa | 99    | 5000        | 0         | a crowd with many declines
            SOURCE  | aaaaaaadddddd            | 99    | 100         | 13        | seven others are no crowd
            SOURCE  | aaaaaaaadddddddddd       | 99    | 100         | 17        | eight are: nine refused are wanted
            SOURCE  | aaaaaaaaaaadddddddddddd  | 99    | 100         | 23        | of a larger crowd, twelve
            SOURCE  | tttttttttttttttttttttttt | 99    | 100         | 0         | the processor is down
            SOURCE  | pppppp                   | 99    | 100         | 6         | stolen cards without money
            SOURCE  | dddddd                   | 99    | 10000       | 0         | slower than a burst needs more
            SOURCE  | ddddadddd                | 99    | 10000       | 9         | slower, 8 of 9
            SOURCE  | ddddddddddddd            | 99    | 90000       | 0         | seven in ten minutes
            BIN     | dddddddddddd             | 99    | 1000        | 12        | an enumeration
            BIN     | ddaddaddaddaddad         | 99    | 1000        | 16        | with others in between
            BIN     | aaaaaaaaaaaadddddddddddd | 99    | 1000        | 24        | on a BIN in use, by its own twelfth
            BIN     | ssssssssssss             | 99    | 1000        | 12        | small amounts do not matter
            BIN     | SSSSSSSSSSSSSSSSSSSSSSSS | 99    | 1000        | 0         | a parking meter
            BIN     | dddddddddddddddddddddddd | 7     | 1000        | 0         | seven cards
            BIN     | pppppppppppppppppppppppp | 99    | 1000        | 0         | prepaid cards run dry
            BIN     | tttttttttttttttttttttttt | 99    | 1000        | 0         | the issuer is down
            """)
    void shouldFindTesting(String subject, String attempts, int cards, long everyMillis, int anomalyAt, String why) {
        Subject watched = subject.equals("BIN") ? BIN : SOURCE;
        int found = 0;
        for (int i = 0; i < attempts.length() && found == 0; i++) {
            Attempt attempt = attempt(attempts.charAt(i), i, i % cards, START_MILLIS + i * everyMillis);
            found = watch.see(watched, attempt, 0).isEmpty() ? 0 : i + 1;
        }
        assertThat(found).as(why).isEqualTo(anomalyAt);
    }

    @Test
    void shouldSayWhatItFound() {
        List<Anomaly> found = new ArrayList<>();
        String attempts = "aadsSddddd";
        for (int i = 0; i < attempts.length(); i++) {
            found.addAll(watch.see(SOURCE, attempt(attempts.charAt(i), i, i, START_MILLIS + i * 1000L), 77));
        }
        assertThat(found)
                .containsExactly(Anomaly.newBuilder()
                        .setAnomalyId("SOURCE_TESTING:tulsa:ip-1:2026-11-20T10:00:00Z")
                        .setRule("SOURCE_TESTING")
                        .setTenant("tulsa")
                        .setSubjectKind("SOURCE")
                        .setSubject("ip-1")
                        .setChannel("WEB")
                        .setWindowStart(Instant.ofEpochMilli(START_MILLIS + 2000))
                        .setWindowEnd(Instant.ofEpochMilli(START_MILLIS + 7000))
                        .setDetectedAt(Instant.ofEpochMilli(77))
                        .setAttempts(6)
                        .setDeclines(5)
                        .setSmallAmounts(2)
                        .setDistinctCards(6)
                        .setAmountTotal(4 * 2500 + 2 * 100)
                        .setCurrency("USD")
                        .setDetail("6 of 6 attempts in 5 s were declined, saved or below 500 minor units, on 6 cards; "
                                + "threshold: 6 in 20s at 66% with 40% refused on 4 cards beside at most 7 others. 1 went through, together 100 minor units. "
                                + "8 attempts seen lately.")
                        .setEvidence(ids(2, 7))
                        .build());
    }

    @Test
    void shouldSpeakOncePerWindowWhileAnAttackGoesOn() {
        List<Anomaly> found = new ArrayList<>();
        for (int i = 0; i < 3600; i++) {
            found.addAll(watch.see(SOURCE, attempt('d', i, i, START_MILLIS + i * 1000L), 0));
        }
        assertThat(found).hasSize(6);
        assertThat(found).extracting(Anomaly::getAnomalyId).doesNotHaveDuplicates();
        for (int i = 1; i < found.size(); i++) {
            assertThat(found.get(i).getWindowEnd())
                    .isAfterOrEqualTo(found.get(i - 1).getWindowEnd().plusMillis(WINDOW_MILLIS));
        }
        assertThat(found.get(5).getEvidence()).hasSize(AnomalyWriter.EVIDENCE_MAX);
        assertThat(found.get(5).getDetail()).contains("attempts seen lately");
        assertThat(buckets.largestBytes()).isLessThan(5000);
    }

    @Test
    void shouldCountAnAuthorisationAndItsCaptureOnce() {
        for (int i = 0; i < 3; i++) {
            Attempt small = attempt('S', i, i, START_MILLIS + i * 100L);
            assertThat(watch.see(SOURCE, small, 0)).isEmpty();
            Attempt captured = new Attempt(
                    new UUID(9, i),
                    small.payment(),
                    small.card(),
                    small.atMillis() + 50,
                    small.amount(),
                    "USD",
                    PaymentEventType.CAPTURED,
                    Channel.WEB,
                    DeclineClass.NONE);
            assertThat(watch.see(SOURCE, captured, 0)).isEmpty();
        }
        for (int i = 3; i < 5; i++) {
            assertThat(watch.see(SOURCE, attempt('d', i, i, START_MILLIS + i * 100L), 0))
                    .isEmpty();
        }
        assertThat(watch.see(SOURCE, attempt('d', 5, 5, START_MILLIS + 800), 0)).hasSize(1);
    }

    @Test
    void shouldFindARunAcrossTwoBuckets() {
        long before = START_MILLIS + WINDOW_MILLIS - 400;
        for (int i = 0; i < 5; i++) {
            assertThat(watch.see(SOURCE, attempt('d', i, i, before + i * 100L), 0))
                    .isEmpty();
        }
        assertThat(watch.see(SOURCE, attempt('d', 5, 5, before + 500), 0)).hasSize(1);
    }

    /** An attack of 40 attempts, in the order of 100 seeds, up to fully reversed: one anomaly, of the same id. */
    @Test
    void shouldFindTheSameAnomalyOnceWhateverOrderAttemptsComeIn() {
        List<Attempt> attack = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            attack.add(attempt('d', i, i, START_MILLIS + 60_000 + i * 100L));
        }
        for (long seed = 0; seed < 100; seed++) {
            Collections.shuffle(attack, new Random(seed));
            Watch fresh = new Watch(DetectionRules.defaults(), new MapBuckets());
            List<Anomaly> found = new ArrayList<>();
            attack.forEach(attempt -> found.addAll(fresh.see(SOURCE, attempt, 0)));
            assertThat(found)
                    .as("seed %d", seed)
                    .extracting(Anomaly::getAnomalyId)
                    .containsExactly("SOURCE_TESTING:tulsa:ip-1:2026-11-20T10:00:00Z");
        }
    }

    /** Two partitions, of which one is an hour behind: its half of each attack still counts with the other's. */
    @Test
    void shouldJoinAttemptsThatComeAnHourLate() {
        List<Anomaly> found = new ArrayList<>();
        for (int half = 0; half < 2; half++) {
            for (int i = half; i < 8; i += 2) {
                found.addAll(watch.see(SOURCE, attempt('d', i, i, START_MILLIS + i * 500L), 0));
            }
            for (int i = half; i < 8; i += 2) {
                long later = START_MILLIS + 3_600_000 + i * 500L;
                found.addAll(watch.see(SOURCE, attempt('d', 100 + i, 100 + i, later), 0));
            }
        }
        assertThat(found)
                .extracting(Anomaly::getAnomalyId)
                .containsExactly(
                        "SOURCE_TESTING:tulsa:ip-1:2026-11-20T10:00:00Z",
                        "SOURCE_TESTING:tulsa:ip-1:2026-11-20T11:00:00Z");
    }

    @Test
    void shouldKeepSubjectsApart() {
        Subject otherCity = new Subject(SubjectKind.SOURCE, "enid", "ip-1");
        for (int i = 0; i < 5; i++) {
            assertThat(watch.see(SOURCE, attempt('d', i, i, START_MILLIS + i), 0))
                    .isEmpty();
            assertThat(watch.see(otherCity, attempt('d', 50 + i, i, START_MILLIS + i), 0))
                    .isEmpty();
        }
    }

    private static Attempt attempt(char letter, int number, int card, long atMillis) {
        PaymentEventType type = switch (letter) {
            case 'a', 'S' -> PaymentEventType.AUTHORISED;
            case 'e' -> PaymentEventType.ENROLLED;
            default -> PaymentEventType.DECLINED;
        };
        DeclineClass declineClass = switch (letter) {
            case 'd', 's' -> DeclineClass.INVALID_CARD;
            case 't' -> DeclineClass.TECHNICAL;
            case 'p' -> DeclineClass.INSUFFICIENT_FUNDS;
            case 'a', 'S', 'e' -> DeclineClass.NONE;
            default -> throw new IllegalArgumentException("letter " + letter);
        };
        return new Attempt(
                new UUID(7, number),
                number,
                card + 1,
                atMillis,
                letter == 's' || letter == 'S' ? 100 : 2500,
                "USD",
                type,
                Channel.WEB,
                declineClass);
    }

    private static List<String> ids(int first, int last) {
        List<String> ids = new ArrayList<>();
        for (int number = first; number <= last; number++) {
            ids.add(new UUID(7, number).toString());
        }
        return ids;
    }
}
