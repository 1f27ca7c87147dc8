package io.tillstream.runtime;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Turns one value of the file into what the record wants. Messages never carry the value of a secret. */
final class SettingReader {
    private SettingReader() {}

    /** @throws BadValue if the value does not fit the type or lies outside the range */
    static Object read(SettingShape shape, ConfigValue value) throws BadValue {
        if (shape.isOptional()) {
            return Optional.of(single(shape, value));
        }
        if (shape.isList()) {
            return list(shape, value);
        }
        return single(shape, value);
    }

    private static List<Object> list(SettingShape shape, ConfigValue value) throws BadValue {
        List<Object> values = new ArrayList<>();
        if (value instanceof Iterable<?> elements) {
            for (Object element : elements) {
                values.add(single(shape, (ConfigValue) element));
            }
            return List.copyOf(values);
        }
        // One text with commas is a list too: an environment variable can hold no other.
        for (String part : text(value).split(",", -1)) {
            if (!part.isBlank()) {
                values.add(single(shape, ConfigValueFactory.fromAnyRef(part.strip())));
            }
        }
        return List.copyOf(values);
    }

    private static Object single(SettingShape shape, ConfigValue value) throws BadValue {
        Class<?> type = shape.elementType();
        if (type == KafkaSettings.class) {
            return kafka(value);
        }
        if (type == Secret.class) {
            return secret(value);
        }
        Object read = scalar(type, shape.setting().unit(), text(value));
        checkRange(shape, read);
        return read;
    }

    private static Object scalar(Class<?> type, String unit, String text) throws BadValue {
        if (text.isBlank()) {
            throw new BadValue("is empty");
        }
        if (type == String.class) {
            return text;
        }
        if (type == int.class || type == Integer.class) {
            return wholeNumber(unit, text, Integer.MIN_VALUE, Integer.MAX_VALUE).intValue();
        }
        if (type == long.class || type == Long.class) {
            return wholeNumber(unit, text, Long.MIN_VALUE, Long.MAX_VALUE);
        }
        if (type == double.class || type == Double.class) {
            return number(text).doubleValue();
        }
        if (type == boolean.class || type == Boolean.class) {
            return truth(text);
        }
        if (type == Duration.class) {
            return duration(text);
        }
        if (type == Path.class) {
            return path(text);
        }
        if (type.isEnum()) {
            return constant(type, text);
        }
        throw new IllegalStateException("no setting can be a " + type.getName());
    }

    private static String text(ConfigValue value) throws BadValue {
        if (value.valueType() == ConfigValueType.OBJECT || value.valueType() == ConfigValueType.LIST) {
            throw new BadValue("one value is expected, not a group or a list");
        }
        return String.valueOf(value.unwrapped());
    }

    private static Long wholeNumber(String unit, String text, long least, long greatest) throws BadValue {
        BigDecimal read = unit.equals("bytes") ? BigDecimal.valueOf(bytes(text)) : number(text);
        if (read.stripTrailingZeros().scale() > 0) {
            throw new BadValue(text + " is not a whole number");
        }
        if (read.compareTo(BigDecimal.valueOf(least)) < 0 || read.compareTo(BigDecimal.valueOf(greatest)) > 0) {
            throw new BadValue(text + " does not fit");
        }
        return read.longValueExact();
    }

    private static BigDecimal number(String text) throws BadValue {
        try {
            return new BigDecimal(text.strip());
        } catch (NumberFormatException e) {
            throw new BadValue(text + " is not a number", e);
        }
    }

    private static long bytes(String text) throws BadValue {
        try {
            return ConfigValueFactory.fromAnyRef(text).atKey("size").getBytes("size");
        } catch (ConfigException e) {
            throw new BadValue(text + " is not a size such as 64MiB", e);
        }
    }

    private static Boolean truth(String text) throws BadValue {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new BadValue(text + " is neither true nor false");
        };
    }

    private static Duration duration(String text) throws BadValue {
        if (text.strip().chars().allMatch(c -> Character.isDigit(c) || c == '.')) {
            throw new BadValue(text + " has no unit: write for example 30s, 200ms or 5m");
        }
        try {
            return ConfigValueFactory.fromAnyRef(text).atKey("span").getDuration("span");
        } catch (ConfigException e) {
            throw new BadValue(text + " is not a time span such as 30s, 200ms or 5m", e);
        }
    }

    private static Path path(String text) throws BadValue {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new BadValue(text + " is not a path", e);
        }
    }

    private static Object constant(Class<?> type, String text) throws BadValue {
        String wanted = text.strip().toUpperCase(Locale.ROOT).replace('-', '_');
        for (Object constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().equals(wanted)) {
                return constant;
            }
        }
        throw new BadValue(text + " is not one of " + choices(type));
    }

    /** The constants of an enum as a file has them: lower case, with hyphens. */
    static String choices(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant ->
                        ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .collect(Collectors.joining(", "));
    }

    private static Secret secret(ConfigValue value) throws BadValue {
        if (value instanceof ConfigObject object) {
            if (!object.keySet().equals(Set.of("file"))) {
                throw new BadValue("a secret is a text or { file = path }");
            }
            return secretFrom(path(text(object.get("file"))));
        }
        String text = text(value);
        if (text.isBlank()) {
            throw new BadValue("is empty");
        }
        return Secret.of(text);
    }

    private static Secret secretFrom(Path file) throws BadValue {
        try {
            String text = Files.readString(file).strip();
            if (text.isEmpty()) {
                throw new BadValue("the file " + file + " is empty");
            }
            return Secret.of(text);
        } catch (IOException e) {
            throw new BadValue("the file " + file + " cannot be read", e);
        }
    }

    private static KafkaSettings kafka(ConfigValue value) throws BadValue {
        if (!(value instanceof ConfigObject object)) {
            throw new BadValue("a group of Kafka's client settings is expected");
        }
        Map<String, String> flat = new TreeMap<>();
        flatten(object, "", flat);
        try {
            return KafkaSettings.of(flat);
        } catch (IllegalArgumentException e) {
            throw new BadValue(String.valueOf(e.getMessage()), e);
        }
    }

    private static void flatten(ConfigObject object, String prefix, Map<String, String> flat) throws BadValue {
        for (Map.Entry<String, ConfigValue> entry : object.entrySet()) {
            String key = prefix + entry.getKey();
            if (entry.getValue() instanceof ConfigObject below) {
                flatten(below, key + ".", flat);
            } else if (entry.getValue().valueType() != ConfigValueType.NULL) {
                flat.put(key, text(entry.getValue()));
            }
        }
    }

    private static void checkRange(SettingShape shape, Object value) throws BadValue {
        Setting setting = shape.setting();
        if (!setting.min().isEmpty() && compare(value, limit(shape, setting.min())) < 0) {
            throw new BadValue(show(value) + " is below " + setting.min());
        }
        if (!setting.max().isEmpty() && compare(value, limit(shape, setting.max())) > 0) {
            throw new BadValue(show(value) + " is above " + setting.max());
        }
    }

    private static Object limit(SettingShape shape, String limit) throws BadValue {
        return scalar(shape.elementType(), shape.setting().unit(), limit);
    }

    private static int compare(Object value, Object limit) {
        if (value instanceof Duration span) {
            return span.compareTo((Duration) limit);
        }
        if (value instanceof Double number) {
            return number.compareTo((Double) limit);
        }
        return Long.compare(((Number) value).longValue(), ((Number) limit).longValue());
    }

    private static String show(Object value) {
        return value instanceof Duration span ? span.toMillis() + "ms" : value.toString();
    }

    /** Why one value cannot be used, without its key and place. */
    static final class BadValue extends Exception {
        BadValue(String why) {
            super(why);
        }

        BadValue(String why, Throwable cause) {
            super(why, cause);
        }
    }
}
