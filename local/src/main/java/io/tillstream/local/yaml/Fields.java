package io.tillstream.local.yaml;

import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * The keys of one mapping. Reading a field that is wrong notes the problem and gives null (or nothing in a list); {@link
 * #complete} ends the mapping and builds the value only if nothing in it was wrong.
 */
public final class Fields {
    private final String file;
    private final String path;
    private final MappingNode mapping;
    private final List<Problem> problems;
    private final int problemsBefore;
    private final Map<String, Node> unread = new LinkedHashMap<>();

    Fields(String file, String path, MappingNode mapping, List<Problem> problems) {
        this.file = file;
        this.path = path;
        this.mapping = mapping;
        this.problems = problems;
        this.problemsBefore = problems.size();
        for (NodeTuple tuple : mapping.getValue()) {
            note(tuple);
        }
    }

    /** The parsed value of a key that must be there. */
    public <T> T required(String name, Function<String, T> parser) {
        Node node = unread.remove(name);
        if (isAbsent(node)) {
            problem(node == null ? mapping : node, name, "is missing");
            return null;
        }
        return parse(name, node, parser);
    }

    /** The parsed value of a key, or {@code otherwise}. */
    public <T> T optional(String name, T otherwise, Function<String, T> parser) {
        Node node = unread.remove(name);
        return isAbsent(node) ? otherwise : parse(name, node, parser);
    }

    /** The parsed value of a key, if it is there. */
    public <T> Optional<T> optional(String name, Function<String, T> parser) {
        Node node = unread.remove(name);
        return isAbsent(node) ? Optional.empty() : Optional.ofNullable(parse(name, node, parser));
    }

    /** Whether the key is there; it stays to be read. */
    public boolean has(String name) {
        return !isAbsent(unread.get(name));
    }

    /** The mapping under a key that must be there. */
    public <T> T child(String name, Function<Fields, T> reader) {
        Node node = unread.remove(name);
        if (node == null) {
            problem(mapping, name, "is missing");
            return null;
        }
        return mapping(pathOf(name), node, reader);
    }

    /** The mapping under a key, or {@code otherwise}. */
    public <T> T childOr(String name, T otherwise, Function<Fields, T> reader) {
        return has(name) ? child(name, reader) : otherwise;
    }

    /** The mappings of a list that must be there and hold one at least. */
    public <T> List<T> list(String name, Function<Fields, T> reader) {
        Node node = unread.remove(name);
        if (!(node instanceof SequenceNode sequence) || sequence.getValue().isEmpty()) {
            problem(node == null ? mapping : node, name, "expected a list with one element at least");
            return List.of();
        }
        List<T> elements = new ArrayList<>();
        for (Node element : sequence.getValue()) {
            T read = mapping(pathOf(name) + "[" + elements.size() + "]", element, reader);
            elements.add(read);
        }
        elements.removeIf(element -> element == null);
        return elements;
    }

    /** The keys of a mapping of plain values, each parsed, in the file's order; empty if the key is not there. */
    public <T> Map<String, T> map(String name, Function<String, T> parser) {
        return childOr(name, Map.of(), fields -> {
            Map<String, T> values = new LinkedHashMap<>();
            for (String key : List.copyOf(fields.unread.keySet())) {
                values.put(key, fields.required(key, parser));
            }
            return values;
        });
    }

    /** Notes a problem with a field that was readable. */
    public void problem(String name, String message) {
        problem(valueOf(name), name, message);
    }

    /**
     * Ends the mapping: what nobody read is a problem. The value is built only if nothing was wrong, else null;
     * an IllegalArgumentException of the builder is a problem of the mapping.
     */
    public <T> T complete(Supplier<T> builder) {
        unread.forEach((name, node) -> problem(node, name, "is not known here"));
        if (problems.size() > problemsBefore) {
            return null;
        }
        try {
            T built = builder.get();
            return problems.size() > problemsBefore ? null : built;
        } catch (IllegalArgumentException e) {
            add(mapping, path, e.getMessage());
            return null;
        }
    }

    private void note(NodeTuple tuple) {
        if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
            add(tuple.getKeyNode(), path, "a key must be plain text");
        } else if (unread.putIfAbsent(key.getValue(), tuple.getValueNode()) != null) {
            problem(key, key.getValue(), "stands twice");
        }
    }

    private <T> T mapping(String childPath, Node node, Function<Fields, T> reader) {
        if (node instanceof MappingNode child) {
            return reader.apply(new Fields(file, childPath, child, problems));
        }
        add(node, childPath, "expected keys and values");
        return null;
    }

    private <T> T parse(String name, Node node, Function<String, T> parser) {
        if (!(node instanceof ScalarNode scalar)) {
            problem(node, name, "expected one value");
            return null;
        }
        try {
            return parser.apply(scalar.getValue());
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            problem(node, name, e.getMessage());
            return null;
        }
    }

    private static boolean isAbsent(Node node) {
        return node == null
                || (node instanceof ScalarNode scalar && scalar.getValue().isBlank());
    }

    private Node valueOf(String name) {
        for (NodeTuple tuple : mapping.getValue()) {
            if (tuple.getKeyNode() instanceof ScalarNode key && key.getValue().equals(name)) {
                return tuple.getValueNode();
            }
        }
        return mapping;
    }

    private String pathOf(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private void problem(Node node, String name, String message) {
        add(node, pathOf(name), message);
    }

    private void add(Node node, String field, String message) {
        Mark mark = node.getStartMark();
        problems.add(new Problem(file, mark.getLine() + 1, mark.getColumn() + 1, field, message));
    }
}
