package io.tillstream.console.query;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** The where clause of a list: constant texts, and values that are bound. A filter that was not asked for is left out. */
final class Conditions {
    private final List<String> texts = new ArrayList<>();
    private final Map<String, Object> values = new LinkedHashMap<>();

    /** Adds {@code text}, which names {@code :name}, if there is a value. */
    Conditions when(Object value, String name, String text) {
        return value == null ? this : always(text).with(name, value);
    }

    Conditions always(String text) {
        texts.add(text);
        return this;
    }

    Conditions with(String name, Object value) {
        values.put(name, value);
        return this;
    }

    /** {@code select}, the conditions, {@code order}, and one row more than the page has. */
    Query query(Handle handle, String select, String order, Window window) {
        return query(handle, select, order, window, "");
    }

    /** As above, with a clause after the limit. */
    Query query(Handle handle, String select, String order, Window window, String last) {
        String where = texts.isEmpty() ? "" : " where " + String.join(" and ", texts);
        return handle.createQuery(select + where + " order by " + order + " limit :fetch" + last)
                .bindMap(values)
                .bind("fetch", window.limit() + 1);
    }
}
