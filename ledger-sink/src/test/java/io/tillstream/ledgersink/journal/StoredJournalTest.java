package io.tillstream.ledgersink.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.ledgersink.testing.JournalScript;
import io.tillstream.ledgersink.testing.Ledger;
import io.tillstream.ledgersink.testing.LedgerCluster;
import io.tillstream.ledgersink.testing.Storing;
import io.tillstream.ledgersink.testing.TestEvent;
import io.tillstream.schemas.JournalEntry;
import io.tillstream.schemas.PaymentEvent;
import io.tillstream.schemas.PaymentEventType;
import io.tillstream.schemas.Tender;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Entries as the documented views show them. */
@Tag("cluster")
final class StoredJournalTest {
    private final JournalScript script = new JournalScript(Storing.journalCodec(), 2);
    private Ledger ledger;

    @BeforeEach
    void open() {
        ledger = LedgerCluster.freshLedger();
        script.terms("ada", LocalDate.of(2026, 3, 2));
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void shouldShowEveryColumnOfAnEvent() {
        PaymentEvent event = TestEvent.event(
                "ada",
                PaymentEventType.CAPTURED,
                1,
                2,
                150,
                TestEvent.item("water", "00123", 100),
                TestEvent.item("park", "A \"7\"", 50));
        JournalEntry entry =
                script.record(1, event, "clearing:acme", "clearing:acme", 150L, "fund:water", -100L, "fund:park", -50L);
        Storing.journal(ledger, script, 2);

        assertThat(ledger.value("SELECT * FROM ledger.entries WHERE kind = 'RECORDED'"))
                .isEqualTo(String.join(
                        "|",
                        "ada|1|1|RECORDED|2026-03-02|ada-20260302|2026-03-02 15:30:01.124+00|2|-1|NONE",
                        TestEvent.id(1) + "|" + TestEvent.id(2)
                                + "|CAPTURED|WEB|CARD|USD|150|clearing:acme|ref-1|payer-1",
                        "2026-03-02 15:30:00.123456+00|2026-03-02 15:30:00.128456+00|fp_1|411111|1111|page-7",
                        "\\x" + HexFormat.of().formatHex(entry.getHash().bytes())));
        assertThat(ledger.rows("SELECT * FROM ledger.postings ORDER BY posting_number"))
                .containsExactly(
                        "ada|1|1|0|2026-03-02|clearing:acme|USD|150",
                        "ada|1|1|1|2026-03-02|fund:water|USD|-100",
                        "ada|1|1|2|2026-03-02|fund:park|USD|-50");
        assertThat(ledger.rows("SELECT * FROM ledger.items ORDER BY item_number"))
                .containsExactly(
                        "ada|1|1|1|2026-03-02|UTILITY|water|00123|USD|100",
                        "ada|1|1|2|2026-03-02|UTILITY|park|A \"7\"|USD|50");
    }

    @Test
    void shouldLeaveColumnsOfTheEventEmptyWhenTheEntryIsAMark() {
        script.close("ada");
        Storing.journal(ledger, script, 1);

        assertThat(ledger.rows("SELECT kind, event_id, amount, channel, client_reference, card_bin, through, tender"
                        + " FROM ledger.entries ORDER BY sequence"))
                .containsExactly("TERMS_SET|||||||CARD", "DAY_CLOSED|||||||CARD");
        assertThat(ledger.rows("SELECT * FROM operations.open_day")).containsExactly("ada|0|2026-03-03");
    }

    @Test
    void shouldAddUpBalancesOverPartitionsAndPolls() {
        for (int i = 1; i <= 4; i++) {
            script.record(
                    i % 2,
                    TestEvent.event("ada", PaymentEventType.CAPTURED, i, i, 10L * i),
                    "clearing:acme",
                    "clearing:acme",
                    10L * i,
                    "unapplied",
                    -10L * i);
        }
        Storing.journal(ledger, script, 2);

        assertThat(ledger.rows("SELECT * FROM ledger.balances ORDER BY account"))
                .containsExactly("ada|clearing:acme|USD|100", "ada|unapplied|USD|-100");
        assertThat(ledger.rows("SELECT partition, account, balance FROM ledger.balance ORDER BY 1, 2"))
                .containsExactly("0|clearing:acme|60", "0|unapplied|-60", "1|clearing:acme|40", "1|unapplied|-40");
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
            events                                                     | status          | captured | refunded | chargedBack | returned | voided
            AUTHORISED 100                                             | AUTHORISED      | 0        | 0        | 0           | 0        | 0
            DECLINED 100                                               | DECLINED        | 0        | 0        | 0           | 0        | 0
            DECLINED 100, AUTHORISED 100                               | AUTHORISED      | 0        | 0        | 0           | 0        | 0
            ENROLLED 0                                                 | ENROLLED        | 0        | 0        | 0           | 0        | 0
            CAPTURED 100                                               | CAPTURED        | 100      | 0        | 0           | 0        | 0
            AUTHORISED 100, CAPTURED 100                               | CAPTURED        | 100      | 0        | 0           | 0        | 0
            CAPTURED 100, VOIDED 100                                   | VOIDED          | 100      | 0        | 0           | 0        | 100
            CAPTURED 100, REFUNDED 30                                  | PARTLY_REFUNDED | 100      | 30       | 0           | 0        | 0
            CAPTURED 100, REFUNDED 30, REFUNDED 70                     | REFUNDED        | 100      | 100      | 0           | 0        | 0
            CAPTURED 100, CHARGED_BACK 100                             | CHARGED_BACK    | 100      | 0        | 100         | 0        | 0
            CAPTURED 100, CHARGED_BACK 100, CHARGEBACK_WON 100         | CAPTURED        | 100      | 0        | 0           | 0        | 0
            CAPTURED 100, CHARGED_BACK 100, CHARGEBACK_LOST 100        | CHARGEBACK_LOST | 100      | 0        | 100         | 0        | 0
            CAPTURED 100, RETURNED 100                                 | RETURNED        | 100      | 0        | 0           | 100      | 0
            PARKED REFUNDED 30                                         | PARKED          | 0        | 0        | 0           | 0        | 0
            PARKED REFUNDED 30, CAPTURED 100, RELEASED REFUNDED 30     | PARTLY_REFUNDED | 100      | 30       | 0           | 0        | 0
            PARKED REFUNDED 30, REFUSED REFUNDED 30                    | REFUSED         | 0        | 0        | 0           | 0        | 0
            CAPTURED 100, PROCESSOR_FEE 3                              | CAPTURED        | 100      | 0        | 0           | 0        | 0
            """)
    void shouldTellWhatHasBecomeOfAPayment(
            String events, String status, long captured, long refunded, long chargedBack, long returned, long voided) {
        JournalEntry parked = null;
        int number = 10;
        for (String step : events.split(", ", -1)) {
            String[] words = step.split(" ", -1);
            PaymentEventType type = PaymentEventType.valueOf(words[words.length - 2]);
            PaymentEvent event = TestEvent.event("ada", type, number++, 1, Long.parseLong(words[words.length - 1]));
            switch (words.length == 3 ? words[0] : "RECORDED") {
                case "PARKED" -> parked = script.park(0, event);
                case "RELEASED" -> script.release(0, parked, "clearing:acme");
                case "REFUSED" -> script.refuse(0, parked);
                default -> script.record(0, event, "clearing:acme");
            }
        }
        Storing.journal(ledger, script, 1);

        assertThat(ledger.value("SELECT status, captured, refunded, charged_back, returned, voided, tender, processor,"
                        + " business_date, first_at FROM ledger.payments WHERE payment_id = '" + TestEvent.id(1) + "'"))
                .isEqualTo(String.format(
                        Locale.ROOT,
                        "%s|%d|%d|%d|%d|%d|CARD|acme|2026-03-02|2026-03-02 15:30:00.123456+00",
                        status,
                        captured,
                        refunded,
                        chargedBack,
                        returned,
                        voided));
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
            query                                                                                         | index
            SELECT * FROM ledger.payments WHERE payment_id = '80000000-0000-8000-0000-000000000001'       | entry_of_payment
            SELECT * FROM ledger.entries WHERE tenant = 'ada' ORDER BY business_date DESC LIMIT 5         | entry_of_batch
            SELECT * FROM ledger.postings WHERE partition = 0 AND sequence = 1                            | posting_pkey
            SELECT * FROM settlement.recomputed_lines WHERE tenant = 'ada' AND business_date = '2026-03-02' | entry_of_batch
            """)
    void shouldUseTheIndexWhenAReaderAsksForOneThing(String query, String index) throws SQLException {
        try (Connection reader = LedgerCluster.superuser(ledger.url());
                Statement statement = reader.createStatement()) {
            statement.execute("SET ROLE tillstream_reader");
            statement.execute("SET tillstream.tenant = 'ada'");
            // Tables of tests are too small for an index to pay.
            statement.execute("SET enable_seqscan = off");
            assertThat(String.join("\n", Ledger.rows(reader, "EXPLAIN " + query)))
                    .contains(index)
                    .contains("Index Cond");
        }
    }

    @Test
    void shouldShowNoPaymentWhenOnlyTheHouseMovesMoney() {
        for (PaymentEventType type : new PaymentEventType[] {
            PaymentEventType.DEPOSITED, PaymentEventType.FUNDED, PaymentEventType.PROCESSOR_FEE
        }) {
            PaymentEvent event = TestEvent.event("ada", type, 1, 1, 5);
            event.setTender(Tender.CASH);
            script.record(0, event, "till:COUNTER");
        }
        Storing.journal(ledger, script, 1);

        assertThat(ledger.rows("SELECT * FROM ledger.payments")).isEmpty();
    }
}
