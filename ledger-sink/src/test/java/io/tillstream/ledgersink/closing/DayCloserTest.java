package io.tillstream.ledgersink.closing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillstream.ledgersink.calendar.BankCalendar;
import io.tillstream.ledgersink.database.AdvisoryLock;
import io.tillstream.ledgersink.testing.Ledger;
import io.tillstream.ledgersink.testing.LedgerCluster;
import io.tillstream.schemas.BusinessDayClose;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is closed when; the marks go to a list. */
@Tag("cluster")
final class DayCloserTest {
    private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);

    /** Marks that were written; the brokers can be away, before or behind the commit. */
    private static final class Marks implements CloseMarks {
        private final List<String> written = new ArrayList<>();
        private boolean isAway;
        private boolean diesBehindCommit;

        @Override
        public void write(BusinessDayClose close) throws IOException {
            if (isAway) {
                throw new IOException("the brokers are away");
            }
            written.add(close.getTenant() + " " + close.getBusinessDate() + " to " + close.getNextBusinessDate()
                    + " at " + close.getClosedAt());
            if (diesBehindCommit) {
                throw new IllegalStateException("died");
            }
        }
    }

    private final Marks marks = new Marks();
    private Ledger ledger;

    @BeforeEach
    void open() {
        ledger = LedgerCluster.freshLedger();
        tenant("ada", "America/Chicago", "17:00", "EVERY_DAY");
        tenant("bay", "America/Los_Angeles", "17:00", "BANK_DAYS");
        openDay("ada", 0, "2026-03-02");
        openDay("bay", 0, "2026-03-02");
    }

    private void tenant(String tenant, String zone, String cutOff, String calendar) {
        ledger.execute("INSERT INTO operations.tenant VALUES ('" + tenant + "', 'City', '" + zone + "', '" + cutOff
                + "', 'USD', '" + calendar + "', '{}')");
    }

    private void openDay(String tenant, int partition, String date) {
        ledger.execute("INSERT INTO operations.open_day VALUES ('" + tenant + "', " + partition + ", '" + date + "')"
                + " ON CONFLICT (tenant, partition) DO UPDATE SET open_date = excluded.open_date");
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    private DayCloser closer(String now) {
        return new DayCloser(
                ledger.database(),
                marks,
                BankCalendar.federalReserve(),
                Clock.fixed(Instant.parse(now), ZoneOffset.UTC));
    }

    @Test
    void shouldCloseEachTenantAtItsOwnCutOff() throws Exception {
        assertThat(closer("2026-03-02T22:59:59.999Z").closeDue()).isZero();
        assertThat(closer("2026-03-02T23:00:00Z").closeDue()).isEqualTo(1);
        assertThat(closer("2026-03-03T00:59:59Z").closeDue()).isZero();
        assertThat(closer("2026-03-03T01:00:00Z").closeDue()).isEqualTo(1);
        assertThat(closer("2026-03-03T01:00:01Z").closeDue()).isZero();

        assertThat(marks.written)
                .containsExactly(
                        "ada 2026-03-02 to 2026-03-03 at 2026-03-02T23:00:00Z",
                        "bay 2026-03-02 to 2026-03-03 at 2026-03-03T01:00:00Z");
        assertThat(ledger.rows("SELECT tenant, open_date, next_close_at AT TIME ZONE 'UTC' FROM operations.tenants"
                        + " ORDER BY tenant"))
                .containsExactly("ada|2026-03-03|2026-03-03 23:00:00", "bay|2026-03-03|2026-03-04 01:00:00");
    }

    @Test
    void shouldCloseDayByDayInOrderWhenItStartsLate() throws Exception {
        assertThat(closer("2026-03-10T00:00:00Z").closeDue()).isEqualTo(14);

        assertThat(marks.written)
                .filteredOn(mark -> mark.startsWith("ada"))
                .extracting(mark -> mark.substring(4, 28))
                .containsExactly(
                        "2026-03-02 to 2026-03-03",
                        "2026-03-03 to 2026-03-04",
                        "2026-03-04 to 2026-03-05",
                        "2026-03-05 to 2026-03-06",
                        "2026-03-06 to 2026-03-07",
                        "2026-03-07 to 2026-03-08",
                        "2026-03-08 to 2026-03-09",
                        "2026-03-09 to 2026-03-10");
        assertThat(marks.written)
                .filteredOn(mark -> mark.startsWith("bay"))
                .extracting(mark -> mark.substring(4, 28))
                .containsExactly(
                        "2026-03-02 to 2026-03-03",
                        "2026-03-03 to 2026-03-04",
                        "2026-03-04 to 2026-03-05",
                        "2026-03-05 to 2026-03-06",
                        "2026-03-06 to 2026-03-09",
                        "2026-03-09 to 2026-03-10");
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
            tenant | date       | result
            ada    | 2026-03-02 | CLOSED
            ada    | 2026-03-01 | NEVER_OPEN
            ada    | 2026-03-03 | NOT_YET_OPEN
            cay    | 2026-03-02 | TENANT_NOT_OPEN
            """)
    void shouldCloseOnDemandOnlyTheOpenDate(String tenant, LocalDate date, CloseResult result) throws Exception {
        assertThat(closer("2026-03-02T12:00:00Z").close(tenant, date)).isEqualTo(result);
        assertThat(marks.written).hasSize(result == CloseResult.CLOSED ? 1 : 0);
    }

    @Test
    void shouldNotCloseATenantWhoseTermsAreNotInTheJournal() throws Exception {
        tenant("cay", "UTC", "12:00", "EVERY_DAY");
        assertThat(closer("2026-03-02T12:00:00Z").close("cay", MONDAY)).isEqualTo(CloseResult.TENANT_NOT_OPEN);
        assertThat(closer("2026-03-02T12:00:00Z").closeDue()).isZero();
    }

    @Test
    void shouldChangeNothingWhenTheSameDateIsClosedAgain() throws Exception {
        DayCloser closer = closer("2026-03-02T12:00:00Z");
        assertThat(closer.close("ada", MONDAY)).isEqualTo(CloseResult.CLOSED);
        assertThat(closer.close("ada", MONDAY)).isEqualTo(CloseResult.ALREADY_CLOSED);
        assertThat(marks.written).hasSize(1);
    }

    @Test
    void shouldNotCallADateClosedThatTheCalendarLeftOut() throws Exception {
        openDay("bay", 0, "2026-03-06");
        DayCloser closer = closer("2026-03-06T12:00:00Z");
        assertThat(closer.close("bay", LocalDate.of(2026, 3, 6))).isEqualTo(CloseResult.CLOSED);
        assertThat(closer.close("bay", LocalDate.of(2026, 3, 7))).isEqualTo(CloseResult.NEVER_OPEN);
        assertThat(closer.close("bay", LocalDate.of(2026, 3, 6))).isEqualTo(CloseResult.ALREADY_CLOSED);
    }

    @Test
    void shouldTrustTheJournalWhenItIsAheadOfTheTable() throws Exception {
        openDay("ada", 1, "2026-03-05");
        ledger.execute("INSERT INTO ledger.entry (sequence, source_offset, refers_to, recorded_at, partition,"
                + " business_date, tenant, kind, reason, tender, currency, through, hash)"
                + " VALUES (0, 0, 0, now(), 1, '2026-03-04', 'ada', 'DAY_CLOSED', 'NONE', '', 'USD', '', '')");
        assertThat(closer("2026-03-02T12:00:00Z").close("ada", LocalDate.of(2026, 3, 4)))
                .isEqualTo(CloseResult.ALREADY_CLOSED);
        assertThat(closer("2026-03-05T23:00:00Z").close("ada", LocalDate.of(2026, 3, 5)))
                .isEqualTo(CloseResult.CLOSED);
    }

    @Test
    void shouldCompleteWithTheSameMarkWhenTheBrokersWereAway() throws Exception {
        marks.isAway = true;
        assertThatThrownBy(() -> closer("2026-03-02T23:00:00Z").closeDue()).hasMessage("the brokers are away");
        assertThat(ledger.value("SELECT marked_at FROM operations.day_close")).isEmpty();
        assertThat(ledger.value("SELECT open_date FROM operations.tenants WHERE tenant = 'ada'"))
                .isEqualTo("2026-03-02");
        marks.isAway = false;

        assertThat(closer("2026-03-02T23:30:00Z").closeDue()).isZero();

        assertThat(marks.written).containsExactly("ada 2026-03-02 to 2026-03-03 at 2026-03-02T23:00:00Z");
        assertThat(ledger.value("SELECT open_date FROM operations.tenants WHERE tenant = 'ada'"))
                .isEqualTo("2026-03-03");
    }

    @Test
    void shouldWriteTheSameMarkAgainWhenItDiedBehindTheCommit() throws Exception {
        marks.diesBehindCommit = true;
        assertThatThrownBy(() -> closer("2026-03-02T12:00:00Z").close("ada", MONDAY))
                .hasMessage("died");
        marks.diesBehindCommit = false;

        assertThat(closer("2026-03-02T12:05:00Z").close("ada", MONDAY)).isEqualTo(CloseResult.ALREADY_CLOSED);

        // Twice the very same record: posting refuses the second as CLOSE_OUT_OF_ORDER.
        assertThat(marks.written)
                .containsExactly(
                        "ada 2026-03-02 to 2026-03-03 at 2026-03-02T12:00:00Z",
                        "ada 2026-03-02 to 2026-03-03 at 2026-03-02T12:00:00Z");
    }

    @Test
    void shouldLetOneCloseAtATime() throws Exception {
        CompletableFuture<CloseResult> waiting;
        try (AdvisoryLock other = AdvisoryLock.take(ledger.database(), "tillstream-close")) {
            assertThat(other.isHeld()).isTrue();
            waiting = CompletableFuture.supplyAsync(() -> closeAda());
            Awaitility.await()
                    .until(() -> ledger.value("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                                    + " AND datname = current_database()")
                            .equals("1"));
            assertThat(marks.written).isEmpty();
        }
        assertThat(waiting.get()).isEqualTo(CloseResult.CLOSED);
    }

    private CloseResult closeAda() {
        try {
            return closer("2026-03-02T12:00:00Z").close("ada", MONDAY);
        } catch (IOException | SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
