package io.tillstream.console.query;

/**
 * Which page of a list.
 *
 * @param after null for the first page
 * @param limit 1 to {@link #LIMIT_MAX} rows
 */
public record Window(Cursor after, int limit) {
    public static final int LIMIT_MAX = 1_000;
    public static final int LIMIT_DEFAULT = 100;

    public Window {
        if (limit < 1 || limit > LIMIT_MAX) {
            throw new IllegalArgumentException("limit is 1 to " + LIMIT_MAX);
        }
    }

    /** The first rows. */
    public static Window first(int limit) {
        return new Window(null, limit);
    }
}
