package io.tillstream.ledgersink.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillstream.ledgersink.testing.Ledger;
import io.tillstream.ledgersink.testing.LedgerCluster;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("cluster")
final class CopyBufferTest {
    private static Ledger ledger;

    @BeforeAll
    static void open() {
        ledger = LedgerCluster.freshLedger();
    }

    @AfterAll
    static void close() {
        ledger.close();
    }

    @Test
    void shouldStoreEveryTypeAsItIs() throws SQLException {
        byte[] text = "grün \"x\"".getBytes(StandardCharsets.UTF_8);
        assertThat(stored(
                        "i integer, l bigint, d date, t timestamptz, b bytea, s text, n text",
                        "i, l, d, t, b, s, n",
                        7,
                        copy -> {
                            copy.putInt(-7);
                            copy.putLong(Long.MIN_VALUE);
                            copy.putDate((int) LocalDate.of(1969, 12, 31).toEpochDay());
                            copy.putTime(1_772_465_400_123_456L);
                            copy.putBytes(new byte[] {9, 0, -1, 9}, 1, 2);
                            copy.putText(text, 0, text.length);
                            copy.putNull();
                        }))
                .isEqualTo("-7|-9223372036854775808|1969-12-31|2026-03-02 15:30:00.123456+00|\\x00ff|grün \"x\"|");
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
            epochMicros,          stored
            -1,                   1969-12-31 23:59:59.999999+00
            -210866803200000000,  4714-11-24 00:00:00+00 BC
            -210866803200000001,  -infinity
            -9223372036854775808, -infinity
            9223372036854775807,  294247-01-10 04:00:54.775807+00
            """)
    void shouldKeepTimesToTheMicrosecondWithinPostgresRange(long epochMicros, String stored) throws SQLException {
        assertThat(stored("t timestamptz", "t", 1, copy -> copy.putTime(epochMicros)))
                .isEqualTo(stored);
    }

    static List<byte[]> unstorable() {
        return List.of("a\0b".getBytes(StandardCharsets.UTF_8), new byte[] {'a', (byte) 0xC3, 'b'}, new byte[] {
            'a', (byte) 0xFF, 'b'
        });
    }

    @ParameterizedTest
    @MethodSource("unstorable")
    void shouldReplaceWhatPostgresCannotStore(byte[] text) throws SQLException {
        assertThat(stored("s text", "s", 1, copy -> copy.putText(text, 0, text.length)))
                .isEqualTo("a\uFFFDb");
        assertThat(stored("s jsonb", "s", 1, copy -> {
                    copy.beginJson();
                    copy.json(new byte[] {'"'});
                    copy.jsonText(text, 0, text.length);
                    copy.json(new byte[] {'"'});
                    copy.endJson();
                }))
                .isEqualTo("\"a\uFFFDb\"");
    }

    @Test
    void shouldEscapeJson() throws SQLException {
        String odd = "\"\\\n\t\u0001é😀/";
        byte[] text = odd.getBytes(StandardCharsets.UTF_8);
        stored("s jsonb", "s", 1, copy -> {
            copy.beginJson();
            copy.json(new byte[] {'"'});
            copy.jsonText(text, 0, text.length);
            copy.json(new byte[] {'"'});
            copy.endJson();
        });
        assertThat(ledger.value("SELECT s #>> '{}' FROM copied")).isEqualTo(odd);
    }

    @Test
    void shouldSendAgainWhatWasSentAndGrowPastItsFirstSize() throws SQLException {
        recreate("n bigint, s text");
        byte[] text = "x".repeat(1000).getBytes(StandardCharsets.UTF_8);
        CopyBuffer copy = new CopyBuffer("copied (n, s)");
        for (int i = 0; i < 3000; i++) {
            copy.row(2);
            copy.putLong(i);
            copy.putText(text, 0, text.length);
        }
        send(copy);
        send(copy);
        assertThat(ledger.value("SELECT count(*), sum(n), sum(length(s)) FROM copied"))
                .isEqualTo("6000|8997000|6000000");
        copy.clear();
        send(copy);
        assertThat(ledger.value("SELECT count(*) FROM copied")).isEqualTo("6000");
    }

    @Test
    void shouldLeaveTheConnectionUsableWhenTheServerRefusesRows() throws SQLException {
        recreate("n bigint PRIMARY KEY");
        CopyBuffer copy = new CopyBuffer("copied (n)");
        for (int i = 0; i < 2; i++) {
            copy.row(1);
            copy.putLong(1);
        }
        try (Connection connection = LedgerCluster.superuser(ledger.url())) {
            assertThatThrownBy(() -> copy.send(connection)).hasMessageContaining("copied_pkey");
            assertThat(Ledger.rows(connection, "SELECT 1")).containsExactly("1");
        }
    }

    private static String stored(String columns, String names, int count, Consumer<CopyBuffer> values)
            throws SQLException {
        recreate(columns);
        CopyBuffer copy = new CopyBuffer("copied (" + names + ")");
        copy.row(count);
        values.accept(copy);
        send(copy);
        return ledger.value("SELECT * FROM copied");
    }

    private static void recreate(String columns) {
        ledger.execute("DROP TABLE IF EXISTS copied");
        ledger.execute("CREATE TABLE copied (" + columns + ")");
    }

    private static void send(CopyBuffer copy) throws SQLException {
        try (Connection connection = LedgerCluster.superuser(ledger.url());
                Statement statement = connection.createStatement()) {
            statement.execute("SET timezone = 'UTC'");
            copy.send(connection);
        }
    }
}
