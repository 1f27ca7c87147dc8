package io.tillstream.ledgersink.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillstream.ledgersink.testing.JournalScript;
import io.tillstream.ledgersink.testing.Ledger;
import io.tillstream.ledgersink.testing.LedgerCluster;
import io.tillstream.ledgersink.testing.Storing;
import io.tillstream.ledgersink.testing.TestEvent;
import io.tillstream.schemas.PaymentEventType;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("cluster")
final class RowSecurityTest {
    private static Ledger ledger;

    @BeforeAll
    static void fill() {
        ledger = LedgerCluster.freshLedger();
        JournalScript script = new JournalScript(Storing.journalCodec(), 1);
        long number = 0;
        for (String tenant : List.of("ada", "bay")) {
            script.terms(tenant, LocalDate.of(2026, 3, 2));
            number++;
            script.record(
                    0,
                    TestEvent.event(
                            tenant, PaymentEventType.CAPTURED, number, number, 100, TestEvent.item("water", "1", 100)),
                    "clearing:acme",
                    "clearing:acme",
                    100L,
                    "fund:water",
                    -100L);
        }
        List<String> tenants = List.of("ada", "bay");
        tenants.forEach(tenant -> Storing.batch(ledger, script.close(tenant)));
        Storing.journal(ledger, script, 1);
        tenants.forEach(RowSecurityTest::fillBeside);
        fillBeside("");
    }

    private static void fillBeside(String tenant) {
        ledger.execute("INSERT INTO ledger.refusal SELECT 0, count(*), '" + tenant
                + "', 0, 0, 'DUPLICATE', '', NULL, NULL, NULL, NULL, NULL, now() FROM ledger.refusal");
        ledger.execute("INSERT INTO operations.quarantined SELECT 0, count(*), 'MALFORMED', '', '" + tenant
                + "', 'payments.events', 0, 0, now(), 1, NULL FROM operations.quarantined");
        ledger.execute("INSERT INTO fraud.anomaly SELECT 0, count(*), 'a-" + tenant + "', 'rule', '" + tenant
                + "', 'BIN', '411111', 'WEB', now(), now(), now(), 1, 1, 1, 1, 1, 'USD', '', '{}' FROM fraud.anomaly");
        if (!tenant.isEmpty()) {
            ledger.execute("INSERT INTO operations.tenant VALUES ('" + tenant
                    + "', 'City', 'America/Chicago', '17:00', 'USD', 'EVERY_DAY', '{}')");
            ledger.execute("INSERT INTO operations.day_close VALUES ('" + tenant
                    + "', '2026-03-02', '2026-03-03', now(), now())");
            ledger.execute("INSERT INTO settlement.file SELECT batch_id, 'csv', tenant, '" + tenant
                    + "', 1, 'x', 1, now() FROM settlement.batch WHERE tenant = '" + tenant + "'");
        }
    }

    @AfterAll
    static void close() {
        ledger.close();
    }

    /** Every table and view with a column tenant, so that one added later is tested too. */
    static List<String> relations() {
        return ledger.rows("SELECT format('%I.%I', table_schema, table_name) FROM information_schema.columns"
                + " WHERE column_name = 'tenant' AND table_schema IN ('ledger', 'settlement', 'operations', 'fraud')"
                + " ORDER BY 1");
    }

    @ParameterizedTest
    @MethodSource("relations")
    void shouldShowOnlyOwnRowsWhenReaderIsOfOneTenant(String relation) throws SQLException {
        assertThat(ledger.rows("SELECT DISTINCT tenant FROM " + relation + " WHERE tenant <> '' ORDER BY 1"))
                .as("the test has rows of both in %s", relation)
                .containsExactly("ada", "bay");
        assertThat(tenantsSeenBy("ada", relation)).containsExactly("ada");
        assertThat(tenantsSeenBy("bay", relation)).containsExactly("bay");
        assertThat(tenantsSeenBy("*", relation)).contains("ada", "bay");
    }

    @ParameterizedTest
    @MethodSource("relations")
    void shouldShowNothingWhenNoTenantIsSet(String relation) throws SQLException {
        assertThat(tenantsSeenBy("", relation)).isEmpty();
        try (Connection reader = reader()) {
            assertThat(Ledger.rows(reader, "SELECT tenant FROM " + relation)).isEmpty();
        }
    }

    /**
     * What the policies do not do: the reader sets its own tenant, so a login with this role is for the console alone, never for a
     * tenant. Said in docs/operations.md; whoever makes this fail says there what holds then.
     */
    @Test
    void shouldNotBindALoginToATenant() throws SQLException {
        try (Connection reader = reader();
                Statement statement = reader.createStatement()) {
            statement.execute("SET tillstream.tenant = 'ada'");
            statement.execute("SET tillstream.tenant = 'bay'");
            assertThat(Ledger.rows(reader, "SELECT DISTINCT tenant FROM ledger.entries"))
                    .containsExactly("bay");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT bank FROM operations.tenant",
                "SELECT bank FROM settlement.batch",
                "INSERT INTO ledger.balance VALUES (0, 'ada', 'USD', 'bank', 1)",
                "DELETE FROM ledger.entry",
                "UPDATE operations.sink_offset SET next_offset = 0"
            })
    void shouldRefuseWhenReaderWantsMore(String sql) throws SQLException {
        try (Connection reader = reader();
                Statement statement = reader.createStatement()) {
            statement.execute("SET tillstream.tenant = '*'");
            assertThatThrownBy(() -> statement.execute(sql)).hasMessageContaining("permission denied");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE ledger.entry SET amount = 1",
                "DELETE FROM ledger.entry",
                "UPDATE ledger.posting SET amount = 1",
                "DELETE FROM ledger.posting",
                "TRUNCATE ledger.entry",
                "UPDATE settlement.line SET net = 1",
                "DELETE FROM settlement.batch",
                "DELETE FROM operations.sink_offset"
            })
    void shouldRefuseWhenWriterWouldChangeTheLedger(String sql) throws SQLException {
        try (Connection writer = ledger.database().connection();
                Statement statement = writer.createStatement()) {
            assertThatThrownBy(() -> statement.execute(sql)).hasMessageContaining("permission denied");
        }
    }

    @Test
    void shouldStayTheWriterWhenATransactionIsRolledBack() throws SQLException {
        try (Connection writer = ledger.database().connection()) {
            assertThat(Ledger.rows(writer, "SELECT current_user")).containsExactly("tillstream_writer");
            writer.rollback();
            assertThat(Ledger.rows(writer, "SELECT current_user")).containsExactly("tillstream_writer");
        }
    }

    @Test
    void shouldDescribeEveryColumnOfEveryView() {
        assertThat(ledger.rows("SELECT namespace.nspname || '.' || class.relname || '.' || attribute.attname"
                        + " FROM pg_attribute AS attribute JOIN pg_class AS class ON class.oid = attribute.attrelid"
                        + " JOIN pg_namespace AS namespace ON namespace.oid = class.relnamespace"
                        + " WHERE class.relkind = 'v' AND attribute.attnum > 0"
                        + " AND namespace.nspname IN ('ledger', 'settlement', 'operations', 'fraud')"
                        + " AND (col_description(class.oid, attribute.attnum) IS NULL"
                        + " OR obj_description(class.oid) IS NULL)"))
                .isEmpty();
    }

    private static List<String> tenantsSeenBy(String tenant, String relation) throws SQLException {
        try (Connection reader = reader();
                Statement statement = reader.createStatement()) {
            statement.execute("SET tillstream.tenant = '" + tenant + "'");
            return Ledger.rows(reader, "SELECT DISTINCT tenant FROM " + relation + " ORDER BY 1");
        }
    }

    private static Connection reader() throws SQLException {
        Connection connection = LedgerCluster.superuser(ledger.url());
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET ROLE tillstream_reader");
        }
        return connection;
    }
}
