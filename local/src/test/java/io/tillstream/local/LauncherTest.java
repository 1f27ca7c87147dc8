package io.tillstream.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher, with a java and a mvn that only note how they were called. */
class LauncherTest {
    @TempDir
    private Path directory;

    private Path home;
    private Path tools;

    /** @param output standard output and error */
    private record Run(int exit, String output) {}

    @BeforeEach
    void install() throws IOException {
        home = Files.createDirectories(directory.resolve("a home"));
        tools = Files.createDirectories(directory.resolve("tools"));
        Files.copy(Path.of("../tillstream"), home.resolve("tillstream"));
        Files.createDirectories(home.resolve("local/src/main"));
        Files.writeString(home.resolve("pom.xml"), "<project/>");
        Files.writeString(home.resolve("local/pom.xml"), "<project/>");
        Files.writeString(home.resolve("local/src/main/Source.java"), "class Source {}");
        java("17.0.15");
        tool("mvn", "echo mvn \"$@\"; mkdir -p local/target/lib; touch local/target/tillstream-local-0.1.0.jar");
    }

    @Test
    void shouldBuildOnceAndThenOnlyRun() throws Exception {
        Run first = launch("demo", "--payments", "5");
        assertThat(first.exit()).isEqualTo(7);
        assertThat(first.output())
                .contains("Building Tillstream")
                .contains("mvn -q -B")
                .contains("-Dtillstream.home=" + home)
                .contains("/local/target/lib/* io.tillstream.local.Tillstream demo --payments 5");
        assertThat(launch("verify").output()).doesNotContain("Building").contains("Tillstream verify");
    }

    @Test
    void shouldBuildAgainWhenASourceIsNewer() throws Exception {
        launch("verify");
        Files.setLastModifiedTime(
                home.resolve("local/src/main/Source.java"),
                FileTime.from(Instant.now().plusSeconds(10)));
        assertThat(launch("verify").output()).contains("Building Tillstream");
    }

    @Test
    void shouldBuildAgainWhenABuildFailed() throws Exception {
        tool("mvn", "echo compile error; exit 1");
        Run failed = launch("verify");
        assertThat(failed.exit()).isEqualTo(1);
        assertThat(failed.output()).contains("compile error").contains("tillstream: could not be built");
        tool("mvn", "mkdir -p local/target/lib; touch local/target/tillstream-local-0.1.0.jar");
        assertThat(launch("verify").output()).contains("Tillstream verify");
    }

    @Test
    void shouldSilenceTheWarningsOfNewerJavas() throws Exception {
        assertThat(launch("verify").output()).doesNotContain("--enable-native-access");
        java("25.0.1");
        assertThat(launch("verify").output())
                .contains("--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow");
    }

    @Test
    void shouldPassOptionsOfTheEnvironmentLast() throws Exception {
        assertThat(launch("TILLSTREAM_JAVA_OPTS=-Xmx3g -Dx=y", "demo").output())
                .containsPattern("-Xmx1200m .*-Xmx3g -Dx=y -cp");
    }

    /** An argument with = before the command goes to the environment. */
    private Run launch(String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("bash", home.resolve("tillstream").toString()));
        ProcessBuilder builder = new ProcessBuilder().redirectErrorStream(true);
        builder.environment().remove("JAVA_HOME");
        builder.environment().put("PATH", tools + ":/usr/bin:/bin");
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (argument.startsWith("TILLSTREAM_")) {
                builder.environment().put(argument.substring(0, equals), argument.substring(equals + 1));
            } else {
                command.add(argument);
            }
        }
        Process process = builder.command(command).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), output);
    }

    private void java(String version) throws IOException {
        tool(
                "java",
                "if [ \"$1\" = -version ]; then echo 'openjdk version \"" + version
                        + "\"'; else echo \"$@\"; exit 7; fi");
    }

    private void tool(String name, String script) throws IOException {
        Path file = Files.writeString(tools.resolve(name), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
