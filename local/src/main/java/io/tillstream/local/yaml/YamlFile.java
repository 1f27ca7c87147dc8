package io.tillstream.local.yaml;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/** Opens a YAML file whose top is a mapping. */
public final class YamlFile {
    private YamlFile() {}

    /**
     * What {@code reader} makes of the file's top mapping.
     *
     * @throws InvalidFileException with every mistake, if there is one
     */
    public static <T> T read(Path file, Function<Fields, T> reader) throws IOException {
        try (Reader text = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            return read(file.toString(), text, reader);
        }
    }

    /** As {@link #read(Path, Function)}, from text; {@code name} stands for the file in messages. */
    public static <T> T read(String name, Reader text, Function<Fields, T> reader) {
        List<Problem> problems = new ArrayList<>();
        T result = null;
        if (compose(name, text) instanceof MappingNode top) {
            Fields fields = new Fields(name, "", top, problems);
            result = reader.apply(fields);
        } else {
            problems.add(new Problem(name, 1, 1, "", "expected keys and values"));
        }
        if (!problems.isEmpty()) {
            problems.sort(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column));
            throw new InvalidFileException(problems);
        }
        return result;
    }

    private static Node compose(String name, Reader text) {
        try {
            return new Yaml(new LoaderOptions()).compose(text);
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark();
            throw new InvalidFileException(
                    List.of(new Problem(name, mark.getLine() + 1, mark.getColumn() + 1, "", e.getProblem())));
        } catch (YAMLException e) {
            throw new InvalidFileException(List.of(new Problem(name, 1, 1, "", "no YAML: " + e.getMessage())));
        }
    }
}
