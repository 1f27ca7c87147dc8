package io.tillstream.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillstream.local.connection.ConnectionSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoDirectoryTest {
    @TempDir
    private Path root;

    @Test
    void shouldRefuseASecondDemoOnTheSameData() throws IOException {
        try (DemoDirectory first = DemoDirectory.open(root)) {
            assertThatThrownBy(() -> DemoDirectory.open(root)).hasMessageStartingWith("Another demo uses " + first);
        }
        DemoDirectory.open(root).close();
    }

    @Test
    void shouldGiveEveryRunANumberOfItsOwn() throws IOException {
        try (DemoDirectory directory = DemoDirectory.open(root)) {
            assertThat(directory.nextRun()).isEqualTo(1);
        }
        try (DemoDirectory directory = DemoDirectory.open(root)) {
            assertThat(directory.nextRun()).isEqualTo(2);
        }
    }

    @Test
    void shouldKeepASecretForItsOwnerOnly() throws IOException {
        try (DemoDirectory directory = DemoDirectory.open(root)) {
            String secret = directory.secret("web.key");
            assertThat(directory.secret("web.key")).isEqualTo(secret).hasSizeGreaterThan(40);
            assertThat(Files.getPosixFilePermissions(root.resolve("secrets").resolve("web.key")))
                    .hasSize(2);
        }
    }

    @Test
    void shouldWriteAddressesThatCommandsCanRead() throws IOException {
        try (DemoDirectory directory = DemoDirectory.open(root)) {
            directory.writeSettings(
                    "demo.json",
                    Map.of(
                            "kafka", Map.of("bootstrap.servers", "127.0.0.1:9092"),
                            "registry.url", "http://127.0.0.1:8085/apis/ccompat/v7",
                            "database.url", "jdbc:postgresql://127.0.0.1:5432/tillstream",
                            "database.user", "postgres",
                            "files.directory", root.toString(),
                            "somebody.else", "is left alone"));
            ConnectionSettings settings = ConnectionSettings.load(
                    Optional.of(directory.file("demo.json")), Map.of("registry.url", "http://other"));
            assertThat(settings.kafka().bootstrapServers()).isEqualTo("127.0.0.1:9092");
            assertThat(settings.requiredRegistryUrl()).isEqualTo("http://other");
            assertThat(settings.ledger().database().url()).endsWith("/tillstream");
            assertThat(settings.ledger().kafka()).isEqualTo(settings.kafka());
        }
    }
}
