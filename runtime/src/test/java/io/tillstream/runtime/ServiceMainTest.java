package io.tillstream.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs a service as a process of its own: exit codes and signals cannot be seen from inside. */
@Timeout(60)
class ServiceMainTest {
    @TempDir
    Path directory;

    record BellSettings(
            @Setting(key = "token", doc = "Who may ring.") Secret token,

            @Setting(key = "breaks", doc = "Whether a thread dies.", def = "false")
            boolean breaks) {}

    /** The service: says when it is started and when it is closed. */
    static final class Bell {
        private Bell() {}

        public static void main(String[] args) {
            ServiceMain.run("bell", args, BellSettings.class, settings -> {
                if (settings.breaks()) {
                    Thread ringer = new Thread(() -> {
                        throw new IllegalStateException("debits differ from credits");
                    });
                    ringer.start();
                }
                return () -> System.out.println("bell closed");
            });
        }
    }

    @Test
    void shouldCloseWhenTerminated() throws Exception {
        Process bell = start("token = s3cret");
        try (BufferedReader out = bell.inputReader()) {
            String started = out.readLine();
            bell.toHandle().destroy();
            String rest = out.lines().collect(Collectors.joining("\n"));

            assertThat(started).contains("bell has started").doesNotContain("s3cret");
            assertThat(rest).contains("bell closed");
        }
        assertThat(bell.waitFor()).isEqualTo(143);
    }

    @Test
    void shouldStopWith1WhenAThreadDies() throws Exception {
        Process bell = start("token = s3cret, breaks = true");

        assertThat(text(bell)).contains("debits differ from credits", "bell stops");
        assertThat(bell.waitFor()).isEqualTo(1);
    }

    @Test
    void shouldStopWith2AndSayWhyWhenTheSettingsCannotBeUsed() throws Exception {
        Process bell = start("tokem = s3cret");

        assertThat(text(bell))
                .contains(
                        "bell cannot start with", "token: missing: Who may ring.", "tokem (bell.conf: 1): unknown key")
                .doesNotContain("s3cret");
        assertThat(bell.waitFor()).isEqualTo(2);
    }

    private Process start(String settings) throws IOException {
        Path file = Files.writeString(directory.resolve("bell.conf"), settings);
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> command = List.of(
                java.toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Bell.class.getName(),
                file.toString());
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static String text(Process process) throws IOException, InterruptedException {
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor(30, TimeUnit.SECONDS);
        return text;
    }
}
