package io.tillstream.local.yaml;

import java.util.Objects;

/**
 * One mistake in a file.
 *
 * @param file name of the file as the user gave it
 * @param line from 1
 * @param column from 1
 * @param field path of the field, such as {@code tenants[0].funds[2].code}; empty for the whole file
 * @param message what is wrong and what is expected; never the value of a secret
 */
public record Problem(String file, int line, int column, String field, String message) {
    public Problem {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(field, "field");
        Objects.requireNonNull(message, "message");
    }

    @Override
    public String toString() {
        return file + ":" + line + ":" + column + ": " + (field.isEmpty() ? "" : field + ": ") + message;
    }
}
