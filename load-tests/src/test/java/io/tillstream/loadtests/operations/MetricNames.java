package io.tillstream.loadtests.operations;

import io.tillstream.loadtests.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Our own metrics as Prometheus sees them, told from the places in the sources where meters are made. */
final class MetricNames {
    /** {@code Gauge.builder("name"}, {@code registry.counter("name"}, {@code gauge("name"}: the kind and the name, which has three words or more. */
    private static final Pattern MADE =
            Pattern.compile("(\\w+)(?:\\.builder)?\\(\\s*\"(tillstream(?:\\.[a-z]+){2,})\"");

    private static final Pattern BASE_UNIT = Pattern.compile("\\.baseUnit\\(\"(\\w+)\"\\)");
    private static final Pattern MENTIONED = Pattern.compile("\"(tillstream(?:\\.[a-z]+){2,})\"");

    private MetricNames() {}

    /** Names made in a source. */
    static Set<String> in(String source) {
        Set<String> names = new TreeSet<>();
        Matcher made = MADE.matcher(source);
        while (made.find()) {
            String statement = source.substring(made.end(), source.indexOf(");", made.end()));
            names.add(prometheus(made.group(1), made.group(2).replace('.', '_'), statement));
        }
        return names;
    }

    /** Micrometer's naming for Prometheus: the unit, unless the name ends with it, and what the kind adds. */
    private static String prometheus(String kind, String name, String statement) {
        Matcher unit = BASE_UNIT.matcher(statement);
        String withUnit = unit.find() && !name.endsWith(unit.group(1)) ? name + "_" + unit.group(1) : name;
        return switch (kind) {
            case "Counter", "counter" -> withUnit + "_total";
            case "Timer" -> name + "_seconds";
            case "Gauge", "gauge", "gaugeCollectionSize" -> withUnit;
            default -> throw new IllegalArgumentException("What kind of meter does " + kind + "(...) make?");
        };
    }

    /** Literals that look like a meter's name; system properties and attributes have two words. */
    static Set<String> mentionedIn(String source) {
        Set<String> names = new TreeSet<>();
        Matcher mentioned = MENTIONED.matcher(source);
        while (mentioned.find()) {
            names.add(mentioned.group(1));
        }
        return names;
    }

    /** Sources of all modules' products. */
    static List<String> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Tree.root())) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> file.toString().contains("/src/main/java/"))
                    .map(Tree::text)
                    .toList();
        }
    }
}
