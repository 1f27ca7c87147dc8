package io.tillstream.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.tillstream.runtime.KafkaSettings;
import io.tillstream.runtime.Secret;
import io.tillstream.runtime.Settings;
import io.tillstream.runtime.SettingsException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConsoleSettingsTest {
    private static final String NEEDED = "database { url = \"jdbc:x\", user = u }\nfiles.directory = /f\n";

    @Test
    void shouldHaveDefaultsForAllButTheDatabaseAndTheFiles() {
        assertThat(load(""))
                .isEqualTo(new ConsoleSettings(
                        "127.0.0.1",
                        8083,
                        false,
                        new ConsoleSettings.Database("jdbc:x", "u", Optional.empty(), "tillstream_reader", 8),
                        Optional.empty(),
                        Path.of("/f"),
                        List.of(),
                        List.of(),
                        List.of(),
                        Duration.ofHours(1),
                        Duration.ofHours(12),
                        Duration.ofSeconds(1)));
    }

    @Test
    void shouldTakeEveryValueFromTheFile() {
        ConsoleSettings settings = load("""
                http { host = "::1", port = 1, tls = true }
                database { password = p, role = r, connections = 2 }
                kafka.bootstrap.servers = "k:9092"
                services = ["a=http://h:1"]
                users = ["ana:norman tulsa:h"]
                tokens = ["t:*:h"]
                session { idle = 5m, lifetime = 6m }
                overview.refresh = 2s
                """);

        assertThat(settings)
                .isEqualTo(new ConsoleSettings(
                        "::1",
                        1,
                        true,
                        new ConsoleSettings.Database("jdbc:x", "u", Optional.of(Secret.of("p")), "r", 2),
                        Optional.of(KafkaSettings.of(Map.of("bootstrap.servers", "k:9092"))),
                        Path.of("/f"),
                        List.of("a=http://h:1"),
                        List.of(Secret.of("ana:norman tulsa:h")),
                        List.of(Secret.of("t:*:h")),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(6),
                        Duration.ofSeconds(2)));
        assertThat(settings.serviceAddresses()).containsExactly(Map.entry("a", URI.create("http://h:1")));
        assertThat(ConsoleSettings.Credential.of(settings.users().get(0)))
                .isEqualTo(new ConsoleSettings.Credential("ana", List.of("norman", "tulsa"), "h"));
        assertThat(settings.toString()).doesNotContain("norman tulsa:h");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    LINE                                    | MESSAGE
                    http.prt = 1                            | http.prt
                    services = ["ingest"]                   | services
                    users = ["ana:secret-hash"]             | name:tenants:hash
                    tokens = ["t::h"]                       | name:tenants:hash
                    session { idle = 2h, lifetime = 1h }    | session.idle
                    """, useHeadersInDisplayName = true)
    void shouldRefuseWhatItCannotUseWithoutShowingSecrets(String line, String message) {
        assertThatThrownBy(() -> load(line))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("secret-hash");
    }

    private static ConsoleSettings load(String text) {
        Config config = ConfigFactory.parseString(NEEDED + text);
        return Settings.load(ConsoleSettings.class, config);
    }
}
