package io.tillstream.runtime;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One reading of one file: collects every problem, and gives the record only if there is none. */
final class SettingsLoad {
    private final ConfigObject root;
    private final List<String> problems = new ArrayList<>();

    SettingsLoad(ConfigObject root) {
        this.root = root;
    }

    <R extends Record> R load(Class<R> type) {
        Optional<R> read = readRecord(type, "");
        findUnknownKeys(root, "", SettingShape.leavesOf(type));
        if (problems.isEmpty() && read.isPresent()) {
            return read.get();
        }
        throw new SettingsException(problems);
    }

    private <R extends Record> Optional<R> readRecord(Class<R> type, String prefix) {
        int problemsBefore = problems.size();
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            SettingShape shape = SettingShape.of(components[i], prefix);
            values[i] = shape.isGroup()
                    ? readRecord(shape.group(), shape.path() + ".").orElse(null)
                    : readLeaf(shape);
        }
        return problems.size() > problemsBefore ? Optional.empty() : create(type, prefix, values);
    }

    private Object readLeaf(SettingShape shape) {
        ConfigValue value = find(shape.path());
        if (value == null && shape.isOptional()) {
            return Optional.empty();
        }
        if (value == null && shape.isRequired()) {
            problems.add(shape.path() + ": missing: " + shape.setting().doc());
            return null;
        }
        ConfigValue used =
                value == null ? ConfigValueFactory.fromAnyRef(shape.setting().def(), "default") : value;
        try {
            return SettingReader.read(shape, used);
        } catch (SettingReader.BadValue e) {
            problems.add(shape.path() + place(used.origin()) + ": " + e.getMessage());
            return null;
        }
    }

    private ConfigValue find(String path) {
        ConfigValue value = root;
        for (String key : ConfigUtil.splitPath(path)) {
            if (!(value instanceof ConfigObject object)) {
                return null;
            }
            value = object.get(key);
        }
        return value == null || value.valueType() == ConfigValueType.NULL ? null : value;
    }

    /** The record's own checks (one setting against another) are told like any other problem. */
    private <R extends Record> Optional<R> create(Class<R> type, String prefix, Object[] values) {
        try {
            Class<?>[] types = Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new);
            Constructor<R> canonical = type.getDeclaredConstructor(types);
            canonical.setAccessible(true);
            return Optional.of(canonical.newInstance(values));
        } catch (InvocationTargetException e) {
            if (!(e.getCause() instanceof IllegalArgumentException refused)) {
                throw new IllegalStateException(type.getName() + " cannot be made", e);
            }
            String group = prefix.isEmpty() ? "settings" : prefix.substring(0, prefix.length() - 1);
            problems.add(group + ": " + refused.getMessage());
            return Optional.empty();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName() + " cannot be made", e);
        }
    }

    private void findUnknownKeys(ConfigObject object, String prefix, List<SettingShape> known) {
        for (Map.Entry<String, ConfigValue> entry : new TreeMap<>(object).entrySet()) {
            String path = prefix + entry.getKey();
            boolean leaf = known.stream().anyMatch(shape -> shape.path().equals(path));
            boolean group = known.stream().anyMatch(shape -> shape.path().startsWith(path + "."));
            if (!leaf && !group) {
                problems.add(path + place(entry.getValue().origin()) + ": unknown key" + nearest(path, known));
            } else if (group && entry.getValue() instanceof ConfigObject below) {
                findUnknownKeys(below, path + ".", known);
            } else if (group && !leaf) {
                problems.add(path + place(entry.getValue().origin()) + ": is a group of settings, not a value");
            }
        }
    }

    private static String nearest(String path, List<SettingShape> known) {
        return known.stream()
                .map(SettingShape::path)
                .min(Comparator.comparingInt((String candidate) -> Spelling.distance(path, candidate)))
                .filter(candidate -> Spelling.distance(path, candidate) <= 3)
                .map(candidate -> "; did you mean " + candidate + "?")
                .orElse("");
    }

    private static String place(ConfigOrigin origin) {
        String description = origin.description();
        return " (" + description.substring(description.lastIndexOf('/') + 1) + ")";
    }
}
