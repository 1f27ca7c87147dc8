package io.tillstream.loadtests.architecture;

import io.tillstream.loadtests.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who of a module's tests takes servers from the seam, told from the sources: whoever names a class of the seam, and whoever names a class
 * that does. Rather one too many: a test that names a fixture without starting a server counts as well.
 */
final class SeamUsers {
    private static final Set<String> SEAM = Set.of("TestCluster", "ThreeBrokers");
    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|//[^\\n]*", Pattern.DOTALL);
    private static final Pattern LITERAL = Pattern.compile("\"(?:[^\"\\\\\n]|\\\\.)*\"");
    private static final Pattern WORD = Pattern.compile("\\W+");
    private static final Set<String> TEST = Set.of("Test", "ParameterizedTest", "RepeatedTest", "TestFactory");
    private static final Pattern TAG = Pattern.compile("(?m)^@Tag\\(\"cluster\"\\)$");

    /** A source of tests without its comments. */
    record Source(Path file, String text) {
        String name() {
            return file.getFileName().toString().replace(".java", "");
        }

        Set<String> words() {
            return WORD.splitAsStream(LITERAL.matcher(text).replaceAll("")).collect(Collectors.toSet());
        }

        boolean isTest() {
            return TEST.stream()
                    .anyMatch(kind ->
                            Pattern.compile("@" + kind + "\\b").matcher(text).find());
        }

        boolean isTagged() {
            return TAG.matcher(text).find();
        }
    }

    private SeamUsers() {}

    /** Sources of all modules' tests, by module. */
    static Map<String, List<Source>> modules() throws IOException {
        Map<String, List<Source>> modules = new TreeMap<>();
        for (Path module : children(Tree.root())) {
            Path tests = module.resolve("src/test/java");
            if (Files.isDirectory(tests)) {
                try (Stream<Path> files = Files.walk(tests)) {
                    modules.put(
                            module.getFileName().toString(),
                            files.filter(file -> file.toString().endsWith(".java"))
                                    .map(file -> source(file, Tree.text(file)))
                                    .toList());
                }
            }
        }
        return modules;
    }

    static Source source(Path file, String text) {
        return new Source(file, COMMENT.matcher(text).replaceAll(""));
    }

    /** The test classes of one module that take servers from the seam. */
    static List<Source> testsIn(List<Source> module) {
        Map<String, Set<String>> words = new HashMap<>();
        module.forEach(source -> words.put(source.name(), source.words()));
        Set<String> users = new TreeSet<>();
        Set<String> found = SEAM;
        while (!found.isEmpty()) {
            Set<String> named = found;
            found = words.keySet().stream()
                    .filter(name -> !users.contains(name))
                    .filter(name -> named.stream().anyMatch(words.get(name)::contains))
                    .collect(Collectors.toSet());
            users.addAll(found);
        }
        return module.stream()
                .filter(Source::isTest)
                .filter(source -> users.contains(source.name()))
                .toList();
    }

    private static List<Path> children(Path directory) throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            return children.filter(Files::isDirectory).toList();
        }
    }
}
