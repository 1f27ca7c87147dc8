package io.tillstream.loadtests.bench.posting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The ablation changes the product's sources by their text: it must notice when these have changed. */
class AblationTest {
    private static final Path HOME = Path.of("").toAbsolutePath().getParent();

    @TempDir
    private Path directory;

    static List<Ablation> ablations() {
        return Ablation.all();
    }

    @ParameterizedTest
    @MethodSource("ablations")
    void shouldFitTheProductsSources(Ablation ablation) throws Exception {
        Path classes = AblationCompiler.compile(ablation, HOME, directory);
        try (var files = Files.walk(classes)) {
            assertThat(files.filter(file -> file.toString().endsWith(".class"))).isNotEmpty();
        }
    }

    @Test
    void shouldFailWhenTheTextIsNotThere() {
        Ablation.Change change =
                new Ablation.Change("schemas/src/main/java/io/tillstream/schemas/Money.java", "no such text", "");
        Ablation ablation = new Ablation("none", "nothing", true, List.of(change));
        assertThatThrownBy(() -> AblationCompiler.compile(ablation, HOME, directory))
                .hasMessageContaining("does not fit");
    }
}
