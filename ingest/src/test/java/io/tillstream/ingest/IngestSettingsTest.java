package io.tillstream.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.tillstream.runtime.KafkaSettings;
import io.tillstream.runtime.Secret;
import io.tillstream.runtime.Settings;
import io.tillstream.runtime.SettingsException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IngestSettingsTest {
    private static final String KEY = "0123456789abcdef0123456789abcdef";
    private static final String REQUIRED =
            "kafka.bootstrap.servers = \"localhost:9092\"\nregistry.url = \"http://localhost\"\n" + "source-hash.key = "
                    + KEY + "\n";

    @Test
    void shouldHaveTheseDefaults() {
        assertThat(load(REQUIRED))
                .isEqualTo(new IngestSettings(
                        KafkaSettings.of(Map.of("bootstrap.servers", "localhost:9092")),
                        "http://localhost",
                        new IngestSettings.Http(
                                "127.0.0.1",
                                8080,
                                32,
                                2000,
                                Duration.ofSeconds(15),
                                Duration.ofSeconds(20),
                                64 * 1024,
                                8 * 1024 * 1024,
                                10_000,
                                16),
                        new IngestSettings.Publish(
                                Duration.ofSeconds(5), Duration.ofMillis(5), 64 * 1024 * 1024, 50_000),
                        new IngestSettings.Idempotency(500_000, Duration.ofHours(24)),
                        new IngestSettings.Auth(Duration.ofMinutes(5), Optional.empty()),
                        new IngestSettings.Limits(200, 400, 200),
                        Secret.of(KEY),
                        List.of()));
    }

    @Test
    void shouldTakeEveryValue() {
        String all = REQUIRED + """
                http { host = "0.0.0.0", port = 0, threads-max = 8, connections-max = 9, idle-max = 10s, body-max = 11s,
                       single-bytes-max = 2KiB, batch-bytes-max = 128KiB, batch-lines-max = 14, batches-max = 15 }
                publish { delivery-max = 1s, linger = 17ms, buffer-bytes = 2MiB, in-flight-max = 19 }
                idempotency { keys-max = 20, kept-for = 21m }
                auth { clock-difference-max = 22s, control-keyset-file = "keys/control.json" }
                limits { events-per-second = 23, event-burst = 24, tenant-tags-max = 25 }
                card-guard.account-formats = ["springfield=4000-########-##"]
                """;

        assertThat(load(all))
                .isEqualTo(new IngestSettings(
                        KafkaSettings.of(Map.of("bootstrap.servers", "localhost:9092")),
                        "http://localhost",
                        new IngestSettings.Http(
                                "0.0.0.0",
                                0,
                                8,
                                9,
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(11),
                                2048,
                                128 * 1024,
                                14,
                                15),
                        new IngestSettings.Publish(Duration.ofSeconds(1), Duration.ofMillis(17), 2 * 1024 * 1024, 19),
                        new IngestSettings.Idempotency(20, Duration.ofMinutes(21)),
                        new IngestSettings.Auth(Duration.ofSeconds(22), Optional.of(Path.of("keys/control.json"))),
                        new IngestSettings.Limits(23, 24, 25),
                        Secret.of(KEY),
                        List.of("springfield=4000-########-##")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            source-hash.key = tooshort                            | fewer than 32
            card-guard.account-formats = ["springfield=####"]     | fixed digits
            card-guard.account-formats = ["4000-####"]            | tenant=form
            http.prot = 1                                         | unknown key
            http.idle-max = 2m                                    | above
            """)
    void shouldRefuseWhatCannotBeUsed(String line, String problem) {
        assertThatThrownBy(() -> load(REQUIRED + line))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(problem)
                .hasMessageNotContaining(KEY);
    }

    private static IngestSettings load(String text) {
        return Settings.load(IngestSettings.class, ConfigFactory.parseString(text));
    }
}
