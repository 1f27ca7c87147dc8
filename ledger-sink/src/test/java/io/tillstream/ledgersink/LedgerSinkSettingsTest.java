package io.tillstream.ledgersink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillstream.ledgersink.settlement.files.LineEnd;
import io.tillstream.runtime.KafkaSettings;
import io.tillstream.runtime.Secret;
import io.tillstream.runtime.Settings;
import io.tillstream.runtime.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LedgerSinkSettingsTest {
    private static final String REQUIRED = """
            kafka.bootstrap.servers = "127.0.0.1:9092"
            registry.url = "http://127.0.0.1:8085"
            database { url = "jdbc:postgresql://127.0.0.1/t", user = "sink" }
            files.directory = "files"
            """;

    @TempDir
    private Path directory;

    @Test
    void shouldTakeDefaultsWhenOnlyTheRequiredIsSet() throws IOException {
        assertThat(load(REQUIRED))
                .isEqualTo(new LedgerSinkSettings(
                        KafkaSettings.of(Map.of("bootstrap.servers", "127.0.0.1:9092")),
                        "http://127.0.0.1:8085",
                        new DatabaseSettings("jdbc:postgresql://127.0.0.1/t", "sink", Optional.empty(), 10),
                        1,
                        20_000,
                        Duration.ofMillis(100),
                        Duration.ofSeconds(10),
                        Path.of("files"),
                        LineEnd.LF,
                        DeliverySettings.none(),
                        Duration.ofSeconds(1),
                        true,
                        Duration.ofSeconds(1),
                        Optional.empty(),
                        "127.0.0.1",
                        8082));
    }

    @Test
    void shouldTakeEveryValueThatIsSet() throws IOException {
        assertThat(load(REQUIRED + """
                        database { password = "secret", connections.max = 20 }
                        journal.threads = 3
                        poll { records.max = 500, wait.max = 5ms }
                        group.session.timeout = 7s
                        files.nacha.line-end = crlf
                        delivery.sftp { host = files.example, port = 2222, user = till, directory = in }
                        delivery.sftp { key.file = key, known-hosts.file = hosts }
                        settlement.interval = 200ms
                        closer { enabled = false, interval = 2s }
                        calendar.file = "dates.txt"
                        ops { host = "10.0.0.1", port = 0 }
                        """))
                .isEqualTo(new LedgerSinkSettings(
                        KafkaSettings.of(Map.of("bootstrap.servers", "127.0.0.1:9092")),
                        "http://127.0.0.1:8085",
                        new DatabaseSettings(
                                "jdbc:postgresql://127.0.0.1/t", "sink", Optional.of(Secret.of("secret")), 20),
                        3,
                        500,
                        Duration.ofMillis(5),
                        Duration.ofSeconds(7),
                        Path.of("files"),
                        LineEnd.CRLF,
                        new DeliverySettings(
                                Optional.of("files.example"),
                                2222,
                                Optional.of("till"),
                                Optional.of(Path.of("key")),
                                Optional.of(Path.of("hosts")),
                                Optional.of("in")),
                        Duration.ofMillis(200),
                        false,
                        Duration.ofSeconds(2),
                        Optional.of(Path.of("dates.txt")),
                        "10.0.0.1",
                        0));
    }

    @Test
    void shouldRefuseAnUnknownKeyAndNeverPrintThePassword() {
        assertThatThrownBy(() -> load(REQUIRED + "journal.thread = 2"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("journal.threads");
        assertThat(new DatabaseSettings("url", "user", Optional.of(Secret.of("secret")), 4).toString())
                .doesNotContain("secret");
    }

    private LedgerSinkSettings load(String text) throws IOException {
        return Settings.load(LedgerSinkSettings.class, Files.writeString(directory.resolve("sink.conf"), text));
    }
}
