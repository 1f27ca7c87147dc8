package io.tillstream.runtime;

import java.util.List;

/** The settings cannot be used. The message has one line per problem: key, place in the file, what is wrong. */
public final class SettingsException extends RuntimeException {
    private final List<String> problems;

    SettingsException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
        this.problems = List.copyOf(problems);
    }

    /** Every problem found, in the order of the record; never a secret's value. */
    public List<String> problems() {
        return problems;
    }
}
