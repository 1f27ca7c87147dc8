package io.tillstream.runtime;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Makes the reference page from the settings records, so that it cannot say anything else than the code. */
public final class SettingsReference {
    private SettingsReference() {}

    /**
     * A section per record ({@code IngestSettings} becomes {@code ingest}) with a table of its settings, as Markdown
     * that ends with a newline. A test compares it with the page in the tree.
     */
    @SafeVarargs
    public static String markdown(Class<? extends Record>... records) {
        StringBuilder page = new StringBuilder();
        for (Class<? extends Record> record : records) {
            page.append(page.isEmpty() ? "" : "\n")
                    .append("## ")
                    .append(title(record))
                    .append("\n\n");
            page.append("| key | type | default | range | meaning |\n|---|---|---|---|---|\n");
            SettingShape.leavesOf(record).forEach(shape -> page.append(row(shape)));
        }
        return page.toString();
    }

    private static String title(Class<? extends Record> record) {
        return record.getSimpleName()
                .replaceFirst("Settings$", "")
                .replaceAll("([a-z0-9])([A-Z])", "$1-$2")
                .toLowerCase(Locale.ROOT);
    }

    private static String row(SettingShape shape) {
        Setting setting = shape.setting();
        List<String> cells =
                List.of("`" + shape.path() + "`", kind(shape), defaultOf(shape), range(setting), setting.doc());
        return "| "
                + String.join(
                        " | ", cells.stream().map(SettingsReference::escape).toList()) + " |\n";
    }

    private static String kind(SettingShape shape) {
        String unit = shape.setting().unit();
        return (shape.isList() ? "list of " : "") + kind(shape.elementType()) + (unit.isEmpty() ? "" : ", " + unit);
    }

    private static String kind(Class<?> type) {
        if (type == Secret.class) {
            return "secret: text or `{ file = path }`";
        }
        if (type == KafkaSettings.class) {
            return "Kafka's client settings";
        }
        if (type == Duration.class) {
            return "time span";
        }
        if (type.isEnum()) {
            return "one of " + SettingReader.choices(type);
        }
        if (type == String.class) {
            return "text";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        return Number.class.isAssignableFrom(type) || type.isPrimitive() ? "number" : "path";
    }

    private static String defaultOf(SettingShape shape) {
        if (shape.isRequired()) {
            return "required";
        }
        return shape.isOptional() || shape.setting().def().isEmpty()
                ? "none"
                : "`" + shape.setting().def() + "`";
    }

    private static String range(Setting setting) {
        if (setting.min().isEmpty() && setting.max().isEmpty()) {
            return "";
        }
        if (setting.max().isEmpty()) {
            return "from " + setting.min();
        }
        return setting.min().isEmpty() ? "up to " + setting.max() : setting.min() + " to " + setting.max();
    }

    private static String escape(String cell) {
        return cell.replace("|", "\\|");
    }
}
