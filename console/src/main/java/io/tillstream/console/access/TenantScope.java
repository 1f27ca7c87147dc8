package io.tillstream.console.access;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The tenants that a viewer may see: {@code *} for all of them, or a list of ids.
 *
 * @param tenants ids of tenants, or only {@code *}
 */
public record TenantScope(SortedSet<String> tenants) {
    private static final String ALL = "*";
    private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,40}");

    public TenantScope {
        tenants = Collections.unmodifiableSortedSet(new TreeSet<>(tenants));
        if (tenants.isEmpty()) {
            throw new IllegalArgumentException("a scope names at least one tenant, or *");
        }
        if (tenants.contains(ALL) && tenants.size() > 1) {
            throw new IllegalArgumentException("* stands alone in a scope");
        }
        for (String tenant : tenants) {
            if (!tenant.equals(ALL) && !ID.matcher(tenant).matches()) {
                throw new IllegalArgumentException("not a tenant id: " + tenant);
            }
        }
    }

    /** The scope of these ids, or of {@code *}. */
    public static TenantScope of(Collection<String> tenants) {
        return new TenantScope(new TreeSet<>(tenants));
    }

    /** True for an operator, who sees every tenant and the platform itself. */
    public boolean everything() {
        return tenants.contains(ALL);
    }

    /** True for a viewer of exactly one tenant. */
    public boolean oneTenant() {
        return !everything() && tenants.size() == 1;
    }

    /** True when the viewer may ask for this tenant; an id that cannot exist is nobody's. */
    public boolean covers(String tenant) {
        return ID.matcher(tenant).matches() && (everything() || tenants.contains(tenant));
    }

    /** The value for {@code tillstream.tenant}: {@code *}, or ids joined with commas, which no id can contain. */
    public String setting() {
        return String.join(",", tenants);
    }
}
