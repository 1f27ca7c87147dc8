package io.tillstream.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.console.ConsoleFixture.Running;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("cluster")
@ExtendWith(ConsoleFixture.class)
final class FileDownloadsTest {
    private static final String FILES = "/v1/batches/norman-20261121/files/";
    private final Running running;

    FileDownloadsTest(Running running) {
        this.running = running;
    }

    @Test
    void shouldGiveAReleasedFileWithItsChecksum() {
        HttpResponse<String> answer =
                Browser.signedIn(running.port(), "finance").get(FILES + ConsoleFixture.DETAIL);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("X-Checksum-SHA256"))
                .contains(ConsoleFixture.sha256(answer.body().getBytes(StandardCharsets.UTF_8)));
        assertThat(answer.headers().firstValue("Repr-Digest").orElseThrow()).startsWith("sha-256=:");
        assertThat(answer.headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"" + ConsoleFixture.DETAIL + "\"");
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/csv");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..%2F..%2Fconsole.conf",
                "%2e%2e%2fconsole.conf",
                "..",
                ".hidden",
                "norman%2Fx",
                "unreleased.csv",
                "a%00b",
                "..%5Cconsole.conf"
            })
    void shouldKnowNoOtherFile(String name) throws IOException {
        Files.writeString(running.files.resolve("norman").resolve("unreleased.csv"), "secret");

        HttpResponse<String> answer =
                Browser.signedIn(running.port(), "operator").get(FILES + name);

        assertThat(answer.statusCode()).isIn(400, 404);
        assertThat(answer.body()).doesNotContain("secret").doesNotContain("database {");
    }

    @Test
    void shouldGiveNoFileToAStranger() {
        assertThat(Browser.signedIn(running.port(), "operator")
                        .get("/v1/batches/fresno-20261120/files/" + ConsoleFixture.NACHA)
                        .statusCode())
                .as("a file of another batch")
                .isEqualTo(404);
        assertThat(new Browser(running.port()).get(FILES + ConsoleFixture.NACHA).statusCode())
                .isEqualTo(401);
    }

    @Test
    void shouldGiveNoFileThatSomebodyChanged() throws IOException {
        Path file = running.files.resolve("norman").resolve(ConsoleFixture.NACHA);
        byte[] released = Files.readAllBytes(file);
        byte[] changed = released.clone();
        changed[5] ^= 1;
        try {
            Files.write(file, changed);
            HttpResponse<String> answer =
                    Browser.signedIn(running.port(), "operator").get(FILES + ConsoleFixture.NACHA);
            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.body()).contains("DAMAGED_FILE");
        } finally {
            Files.write(file, released);
        }
    }
}
