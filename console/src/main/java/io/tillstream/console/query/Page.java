package io.tillstream.console.query;

import java.util.List;
import java.util.function.Function;

/**
 * A page of a list.
 *
 * @param items at most as many as were asked for
 * @param nextCursor what to ask with for the next page; null on the last
 */
public record Page<T>(List<T> items, String nextCursor) {
    public Page {
        items = List.copyOf(items);
    }

    /** Makes a page of rows of which one more than {@code limit} was fetched, to know whether there is a next page. */
    static <T> Page<T> of(List<T> fetched, int limit, Function<T, Cursor> key) {
        if (fetched.size() <= limit) {
            return new Page<>(fetched, null);
        }
        List<T> items = fetched.subList(0, limit);
        return new Page<>(items, key.apply(items.get(limit - 1)).text());
    }
}
