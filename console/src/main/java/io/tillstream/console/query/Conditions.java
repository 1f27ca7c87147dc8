package io.tillstream.console.query;

import io.tillstream.console.access.TenantScope;
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

    /**
     * Narrows to the tenant that was asked for, else to the scope's. Row-level security holds without it; with it the
     * database can use an index, since a policy that knows "all" cannot.
     */
    Conditions ofTenant(String tenant, TenantScope scope) {
        if (tenant != null) {
            return always("tenant = :tenant").with("tenant", tenant);
        }
        if (scope.everything()) {
            return this;
        }
        return scope.oneTenant()
                ? always("tenant = :tenant").with("tenant", scope.tenants().first())
                : always("tenant = any(string_to_array(:tenants, ','))").with("tenants", scope.setting());
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
