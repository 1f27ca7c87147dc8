package io.tillstream.local.dayfile;

import io.tillstream.local.yaml.Fields;
import io.tillstream.local.yaml.Parsers;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Where a field's text comes from: a constant, or a column, perhaps a piece of it, perhaps translated.
 *
 * @param column name of the column; empty for a constant
 * @param piece the first group of this pattern is taken; without a match the cell counts as empty
 * @param values translation of the text; empty for none
 * @param otherwise the constant, or what an empty or untranslated text becomes; empty for nothing
 */
record ValueSource(String column, Optional<Pattern> piece, Map<String, String> values, String otherwise) {
    private static final Pattern TYPOGRAPHIC_DASH = Pattern.compile("[\u2010-\u2015\u2212]");

    static final ValueSource NOTHING = new ValueSource("", Optional.empty(), Map.of(), "");

    ValueSource {
        Objects.requireNonNull(column, "column");
        Objects.requireNonNull(piece, "piece");
        Objects.requireNonNull(otherwise, "otherwise");
        values = Map.copyOf(values);
    }

    static ValueSource constant(String value) {
        return new ValueSource("", Optional.empty(), Map.of(), value);
    }

    /** Reads {@code constant: X} or {@code column: C} with {@code regex}, {@code values}, {@code otherwise}. */
    static ValueSource read(Fields fields) {
        if (fields.has("constant")) {
            String constant = fields.required("constant", Parsers::text);
            return fields.complete(() -> constant(constant));
        }
        String column = fields.required("column", Parsers::text);
        Optional<Pattern> piece = fields.optional("regex", ValueSource::pattern);
        Map<String, String> values = fields.map("values", Parsers::text);
        String otherwise = fields.optional("otherwise", "", Parsers::text);
        return fields.complete(() -> new ValueSource(column, piece, values, otherwise));
    }

    /** The text for a row; empty for nothing. */
    String of(Row row) {
        if (column.isEmpty()) {
            return otherwise;
        }
        String text = pieceOf(typed(row.cell(column)));
        if (!values.isEmpty()) {
            return values.getOrDefault(text, otherwise);
        }
        return text.isEmpty() ? otherwise : text;
    }

    /** Dashes and spaces as a keyboard has them: office programs replace them by typographic ones, which ids can't hold. */
    private static String typed(String cell) {
        return TYPOGRAPHIC_DASH.matcher(cell).replaceAll("-").replace('\u00a0', ' ');
    }

    private String pieceOf(String cell) {
        if (piece.isEmpty()) {
            return cell;
        }
        Matcher matcher = piece.get().matcher(cell);
        return matcher.find() ? matcher.group(1) : "";
    }

    private static Pattern pattern(String regex) {
        try {
            Pattern pattern = Pattern.compile(regex);
            if (pattern.matcher("").groupCount() != 1) {
                throw new IllegalArgumentException("expected a pattern with one group, the piece to take");
            }
            return pattern;
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("no regular expression: " + e.getDescription(), e);
        }
    }
}
