package io.tillstream.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.typesafe.config.ConfigFactory;
import io.tillstream.runtime.ExampleSettings.Http;
import io.tillstream.runtime.ExampleSettings.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
    private static final String LEAST = "kafka.bootstrap.servers = \"127.0.0.1:9092\"\nregistry.url = \"http://r\"\n";

    @TempDir
    Path directory;

    @Test
    void shouldTakeDefaultsWhenTheFileHasOnlyWhatIsRequired() throws IOException {
        assertThat(load(LEAST))
                .isEqualTo(new ExampleSettings(
                        KafkaSettings.of(Map.of("bootstrap.servers", "127.0.0.1:9092")),
                        "http://r",
                        new Http("127.0.0.1", 8080, 65535, true),
                        400,
                        32L << 20,
                        0.5,
                        Duration.ofMillis(200),
                        Path.of("data/streams"),
                        List.of(Role.POSTING, Role.DETECTION),
                        List.of(),
                        Role.POSTING,
                        Optional.empty()));
    }

    @Test
    void shouldTakeEveryExplicitValue() throws IOException {
        String file = """
                kafka {
                  bootstrap.servers = "broker:9093"
                  security.protocol = SSL
                  ssl { key.password = hidden, truststore.location = /keys/trust.p12 }
                  "max.poll.records" = 250
                }
                registry.url = "http://registry"
                http { address = 0.0.0.0, port = 0, port-max = 9000, compression = false }
                dedupe.horizon = 90
                buffer = 1048576
                share = 1
                commit.interval = 1 second
                state.directory = /var/lib/tillstream
                roles = [day-close]
                names = ["a", "b, c"]
                first.role = Day_Close
                database.password = s3cret
                """;

        assertThat(load(file))
                .isEqualTo(new ExampleSettings(
                        KafkaSettings.of(Map.of(
                                "bootstrap.servers", "broker:9093",
                                "security.protocol", "SSL",
                                "ssl.key.password", "hidden",
                                "ssl.truststore.location", "/keys/trust.p12",
                                "max.poll.records", "250")),
                        "http://registry",
                        new Http("0.0.0.0", 0, 9000, false),
                        90,
                        1 << 20,
                        1.0,
                        Duration.ofSeconds(1),
                        Path.of("/var/lib/tillstream"),
                        List.of(Role.DAY_CLOSE),
                        List.of("a", "b, c"),
                        Role.DAY_CLOSE,
                        Optional.of(Secret.of("s3cret"))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
            line                          | problem
            http.prot = 1                 | http.prot (x.conf: 3): unknown key; did you mean http.port?
            colour = red                  | colour (x.conf: 3): unknown key
            http = 8080                   | http (x.conf: 3): is a group of settings, not a value
            http.port = 65536             | http.port (x.conf: 3): 65536 is above 65535
            http.port = -1                | http.port (x.conf: 3): -1 is below 0
            http.port = 1.5               | http.port (x.conf: 3): 1.5 is not a whole number
            http.port = 4294967376        | http.port (x.conf: 3): 4294967376 does not fit
            http.port = { a = 1 }         | http.port (x.conf: 3): one value is expected, not a group or a list
            http.address = ""             | http.address (x.conf: 3): is empty
            http.compression = on         | http.compression (x.conf: 3): on is neither true nor false
            http.port-max = 80            | http: port-max is below port
            buffer = 5 apples             | buffer (x.conf: 3): 5 apples is not a size such as 64MiB
            share = 1.01                  | share (x.conf: 3): 1.01 is above 1
            commit.interval = 30          | commit.interval (x.conf: 3): 30 has no unit: write for example 30s, 200ms or 5m
            commit.interval = 2m          | commit.interval (x.conf: 3): 120000ms is above 1m
            commit.interval = soon        | commit.interval (x.conf: 3): soon is not a time span such as 30s, 200ms or 5m
            roles = [posting, sweeping]   | roles (x.conf: 3): sweeping is not one of posting, detection, day-close
            registry.url = null           | registry.url: missing: Where the schema registry answers.
            kafka = plaintext             | kafka (x.conf: 3): a group of Kafka's client settings is expected
            kafka = null                  | kafka: missing: Where the brokers are, and security.
            database.password.flie = a    | database.password (x.conf: 3): a secret is a text or { file = path }
            """)
    void shouldNameKeyPlaceAndReasonWhenAValueCannotBeUsed(String line, String problem) {
        assertThat(problemsOf(LEAST + line)).containsExactly(problem);
    }

    @Test
    void shouldTellEveryProblemAtOnce() {
        assertThat(problemsOf("http.port = no\nx = 1\nkafka.bootstrap.servers = \" \""))
                .containsExactly(
                        "kafka (x.conf: 3): bootstrap.servers is missing",
                        "registry.url: missing: Where the schema registry answers.",
                        "http.port (x.conf: 1): no is not a number",
                        "x (x.conf: 2): unknown key");
    }

    @Test
    void shouldTakeValuesFromTheEnvironmentWhenTheFileAsksForThem() throws IOException {
        String file = LEAST + "http.port = 1\nhttp.port = ${?HTTP_PORT}\nnames = ${?NAMES}\nshare = ${?SHARE}";
        Path path = write(file);

        ExampleSettings settings =
                Settings.load(ExampleSettings.class, Settings.parse(path, Map.of("HTTP_PORT", "81", "NAMES", "a, b")));

        assertThat(settings.http().port()).isEqualTo(81);
        assertThat(settings.names()).containsExactly("a", "b");
        assertThat(settings.share()).isEqualTo(0.5);
    }

    @Test
    void shouldNameTheVariableWhenItsValueCannotBeUsed() throws IOException {
        Path path = write(LEAST + "http.port = ${?HTTP_PORT}");

        assertThatThrownBy(
                        () -> Settings.load(ExampleSettings.class, Settings.parse(path, Map.of("HTTP_PORT", "many"))))
                .isInstanceOf(SettingsException.class)
                .hasMessage("http.port (environment variable HTTP_PORT): many is not a number");
    }

    @Test
    void shouldFailWhenAVariableWithoutQuestionMarkIsNotSet() {
        assertThat(problemsOf(LEAST + "http.port = ${NOT_SET_ANYWHERE}"))
                .singleElement()
                .asString()
                .contains("NOT_SET_ANYWHERE");
    }

    @Test
    void shouldSayWhereWhenTheFileIsBrokenOrMissing() {
        assertThat(problemsOf(LEAST + "http {")).singleElement().asString().contains("x.conf: 3");
        assertThatThrownBy(() -> Settings.load(ExampleSettings.class, directory.resolve("none.conf")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("none.conf");
    }

    @Test
    void shouldReadASecretFromItsFile() throws IOException {
        Path file = Files.writeString(directory.resolve("password"), "s3cret\n");

        ExampleSettings settings = load(LEAST + "database.password.file = \"" + file + "\"");

        assertThat(settings.password()).contains(Secret.of("s3cret"));
    }

    @Test
    void shouldNeverPrintASecret() throws IOException {
        ExampleSettings settings = load(LEAST + "database.password = s3cret\nkafka.ssl.key.password = s3cret");

        assertThat(settings.toString()).doesNotContain("s3cret").contains("***", "ssl.key.password");
        assertThat(problemsOf(LEAST + "database.password = [s3cret]"))
                .containsExactly("database.password (x.conf: 3): one value is expected, not a group or a list");
        assertThat(problemsOf(LEAST + "database.password = a { s3cret"))
                .singleElement()
                .asString()
                .endsWith("x.conf: 3: cannot be read from here on; put texts with signs in double quotes");
        assertThat(settings.kafka().with(Map.of("acks", "all")))
                .containsEntry("acks", "all")
                .containsEntry("ssl.key.password", "s3cret");
    }

    @Test
    void shouldRefuseToOverrideWhatTheProgramDecides() throws IOException {
        KafkaSettings kafka = load(LEAST + "kafka.acks = 1").kafka();

        assertThatThrownBy(() -> kafka.with(Map.of("acks", "all")))
                .isInstanceOf(SettingsException.class)
                .hasMessage("kafka.acks: is decided by the program and cannot be set");
    }

    @Test
    void shouldRefuseARecordWithAComponentThatNobodyCanSet() {
        record Forgotten(int port) {}

        assertThatThrownBy(() -> Settings.load(Forgotten.class, ConfigFactory.empty()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("port has no @Setting");
    }

    private ExampleSettings load(String file) throws IOException {
        return Settings.load(ExampleSettings.class, Settings.parse(write(file), Map.of()));
    }

    private List<String> problemsOf(String file) {
        return catchThrowableOfType(SettingsException.class, () -> load(file)).problems();
    }

    private Path write(String text) throws IOException {
        return Files.writeString(directory.resolve("x.conf"), text);
    }
}
