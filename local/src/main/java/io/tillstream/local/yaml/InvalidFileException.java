package io.tillstream.local.yaml;

import java.util.List;
import java.util.stream.Collectors;

/** A file with mistakes; the message has one line for each. */
public final class InvalidFileException extends RuntimeException {
    private static final long serialVersionUID = 1;

    @SuppressWarnings("serial") // never serialized
    private final List<Problem> problems;

    public InvalidFileException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining(System.lineSeparator())));
        this.problems = List.copyOf(problems);
    }

    /** All mistakes, in the file's order. */
    public List<Problem> problems() {
        return problems;
    }
}
