package io.tillstream.loadtests.bench.posting;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles the product's sources as an {@link Ablation} changes them. */
final class AblationCompiler {
    private AblationCompiler() {}

    /**
     * The directory with the changed classes.
     *
     * @param home the working tree with the sources
     * @throws IllegalStateException if a text to change is not in the source, or the result does not compile
     */
    static Path compile(Ablation ablation, Path home, Path directory) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new IllegalStateException("The ablation needs a JDK, this is a JRE");
        }
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            Path classes = Files.createDirectories(directory.resolve(ablation.name() + "-classes"));
            Path sources = Files.createDirectories(directory.resolve(ablation.name() + "-sources"));
            List<Path> changed = write(changedSources(ablation, home), sources);
            List<String> options = List.of(
                    "-d", classes.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none", "-nowarn");
            boolean compiled = compiler.getTask(
                            null, files, null, options, null, files.getJavaFileObjectsFromPaths(changed))
                    .call();
            if (!compiled) {
                throw new IllegalStateException("The ablation " + ablation.name() + " does not compile; see above");
            }
            return classes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> changedSources(Ablation ablation, Path home) throws IOException {
        Map<String, String> sources = new LinkedHashMap<>();
        for (Ablation.Change change : ablation.changes()) {
            String file = change.file();
            if (change.from().isEmpty()) {
                sources.put(file, resource(change.to()));
                continue;
            }
            String source = sources.containsKey(file) ? sources.get(file) : Files.readString(home.resolve(file));
            if (!source.contains(change.from())) {
                throw new IllegalStateException("The ablation " + ablation.name() + " does not fit " + file
                        + " any more: it lacks \"" + change.from() + "\"");
            }
            sources.put(file, source.replace(change.from(), change.to()));
        }
        return sources;
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = AblationCompiler.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static List<Path> write(Map<String, String> sources, Path directory) throws IOException {
        List<Path> written = new java.util.ArrayList<>();
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Path file = directory.resolve(Path.of(source.getKey()).getFileName());
            written.add(Files.writeString(file, source.getValue()));
        }
        return written;
    }
}
