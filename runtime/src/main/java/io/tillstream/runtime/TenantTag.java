package io.tillstream.runtime;

import io.micrometer.core.instrument.Tag;
import java.util.HashMap;
import java.util.Map;

/**
 * The tag {@code tenant} with a bounded number of values: each is a time series per meter, so a cluster with very many
 * cities counts those that come late together as {@code other}. Only names of known tenants belong here.
 */
public final class TenantTag {
    private static final Tag OTHER = Tag.of("tenant", "other");

    private final int tenantsMax;
    private volatile Map<String, Tag> known = Map.of();

    public TenantTag(int tenantsMax) {
        if (tenantsMax < 1) {
            throw new IllegalArgumentException("tenantsMax must be at least 1, not " + tenantsMax);
        }
        this.tenantsMax = tenantsMax;
    }

    /** The tag of one tenant; the same for the same name as long as the process runs. Takes no lock for known names. */
    public Tag of(String tenant) {
        Tag tag = known.get(tenant);
        if (tag != null) {
            return tag;
        }
        return known.size() >= tenantsMax ? OTHER : admit(tenant);
    }

    private synchronized Tag admit(String tenant) {
        Tag present = known.get(tenant);
        if (present != null) {
            return present;
        }
        if (known.size() >= tenantsMax) {
            return OTHER;
        }
        Map<String, Tag> more = new HashMap<>(known);
        Tag tag = Tag.of("tenant", tenant);
        more.put(tenant, tag);
        known = more;
        return tag;
    }
}
