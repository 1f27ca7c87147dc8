package io.tillstream.ledgersink.settlement.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillstream.ledgersink.settlement.WrittenFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AtomicFileTest {

    private static final String NAME = "springfield_test_2026-11-25_springfield-20261125.txt";

    /** printf 'three\n' | sha256sum */
    private static final String SHA256_OF_THREE = "f6936912184481f5edd4c304ce27c5a1a827804fc7f329f43d273b8621870776";

    @TempDir
    private Path directory;

    @Test
    void shouldReleaseFileChecksumAndTotals() throws IOException {
        WrittenFile written = release("three\n");

        assertThat(written).isEqualTo(new WrittenFile("test", NAME, 6, SHA256_OF_THREE, 3));
        assertThat(names()).containsExactlyInAnyOrder(NAME, NAME + ".sha256", NAME + ".totals");
        assertThat(directory.resolve(NAME)).hasContent("three\n");
        assertThat(Files.readString(directory.resolve(NAME + ".sha256")))
                .isEqualTo(SHA256_OF_THREE + "  " + NAME + "\n");
        assertThat(Files.readString(directory.resolve(NAME + ".totals"))).isEqualTo("name,value\nrecords,3\n");
    }

    @Test
    void shouldGiveTheSameAnswerWhenWrittenAgain() throws IOException {
        WrittenFile first = release("three\n");

        assertThat(release("three\n")).isEqualTo(first);
        assertThat(names()).hasSize(3);
    }

    @Test
    void shouldRefuseOtherBytesWhenTheFileWasReleased() throws IOException {
        release("three\n");

        assertThatThrownBy(() -> release("four\n"))
                .isInstanceOf(FileRefusedException.class)
                .hasMessage(NAME + " is there with other bytes; a released file is never overwritten");
        assertThat(directory.resolve(NAME)).hasContent("three\n");
        assertThat(names()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {".sha256", ".totals"})
    void shouldRefuseAnotherChecksumOrTotalsWhenTheFileWasReleased(String beside) throws IOException {
        release("three\n");
        Files.writeString(directory.resolve(NAME + beside), "changed");

        assertThatThrownBy(() -> release("three\n"))
                .isInstanceOf(FileRefusedException.class)
                .hasMessageStartingWith(NAME + beside + " is there with other bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {".sha256", ".totals"})
    void shouldPutBackWhatIsMissingBesideAReleasedFile(String beside) throws IOException {
        release("three\n");
        Files.delete(directory.resolve(NAME + beside));

        release("three\n");

        assertThat(names()).hasSize(3);
    }

    @Test
    void shouldReplaceWhatATryLeftThatDidNotEnd() throws IOException {
        Files.writeString(directory.resolve(NAME + ".sha256"), "of a file that never came");
        Files.writeString(directory.resolve("." + NAME + ".5e1f.tmp"), "half of a fi");
        Files.writeString(directory.resolve("." + NAME + ".sha256.5e1f.tmp"), "half of a ch");

        release("three\n");

        assertThat(names()).containsExactlyInAnyOrder(NAME, NAME + ".sha256", NAME + ".totals");
        assertThat(Files.readString(directory.resolve(NAME + ".sha256"))).startsWith(SHA256_OF_THREE);
    }

    @Test
    void shouldLeaveNothingWhenTheWrittenBytesAreRefused() {
        assertThatThrownBy(() -> new AtomicFile(directory, NAME, "test").release(out -> out.write(1), written -> {
                    assertThat(written).exists();
                    assertThat(directory.resolve(NAME)).doesNotExist();
                    throw new FileRefusedException("does not foot");
                }))
                .hasMessage("does not foot");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void shouldLeaveNothingWhenWritingFails() {
        assertThatThrownBy(() -> new AtomicFile(directory, NAME, "test")
                        .release(
                                out -> {
                                    out.write(1);
                                    throw new IOException("no space left");
                                },
                                written -> new ControlTotals(0)))
                .isInstanceOf(IOException.class)
                .hasMessage("no space left");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void shouldRefuseWhenSomethingElseStandsInTheFilesPlace() throws IOException {
        Path obstacle = Files.createDirectory(directory.resolve(NAME));

        assertThatThrownBy(() -> release("three\n")).isInstanceOf(FileRefusedException.class);
        assertThat(obstacle).isEmptyDirectory();
        assertThat(names()).containsExactly(NAME);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../springfield.ach",
                "a/b.ach",
                "a\\b.ach",
                "/etc/passwd",
                "..",
                ".hidden.ach",
                "-rf.ach",
                "a..b",
                "a b.ach",
                "a\nb.ach",
                "a\u0000.ach",
                "ü.ach",
                "no-extension",
                ""
            })
    void shouldRefuseANameThatIsNotPlain(String name) {
        assertThatThrownBy(() -> new AtomicFile(directory, name, "test"))
                .isInstanceOf(FileRefusedException.class)
                .hasMessageStartingWith("not a plain file name");
    }

    @Test
    void shouldRefuseANameThatFileSystemsDoNotTake() {
        assertThatThrownBy(() -> new AtomicFile(directory, "a".repeat(197) + ".ach", "test"))
                .isInstanceOf(FileRefusedException.class);
    }

    private WrittenFile release(String content) throws IOException {
        return new AtomicFile(directory, NAME, "test")
                .release(out -> out.write(content.getBytes(UTF_8)), written -> new ControlTotals(3).with("records", 3));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
