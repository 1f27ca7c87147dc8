package io.tillstream.ingest.tenants;

import io.tillstream.schemas.Channel;
import io.tillstream.schemas.Suspension;
import io.tillstream.schemas.Tender;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The cities and what is suspended, in memory. Read by every request without a lock; written by one reader thread. */
public final class TenantDirectory {
    private volatile DirectoryState state = new DirectoryState();
    private volatile boolean isLoaded;

    /** True once both topics have been read to their end; stays true. */
    public boolean isLoaded() {
        return isLoaded;
    }

    public Optional<TenantProfile> tenant(String tenant) {
        return Optional.ofNullable(state.tenants.get(tenant));
    }

    public int tenantCount() {
        return state.tenants.size();
    }

    /** The reason why a tender on a channel is suspended now, if it is. */
    public Optional<String> suspension(String tenant, Channel channel, Tender tender) {
        Map<SuspensionScope, Suspension> suspensions = state.suspensions.get(tenant);
        if (suspensions == null) {
            return Optional.empty();
        }
        for (Map.Entry<SuspensionScope, Suspension> entry : suspensions.entrySet()) {
            if (entry.getKey().covers(channel.name(), tender.name())) {
                return Optional.of(entry.getValue().getReason());
            }
        }
        return Optional.empty();
    }

    /** The reason why a channel is suspended for every tender, if it is; known before a body has been read. */
    public Optional<String> channelSuspension(String tenant, Channel channel) {
        Map<SuspensionScope, Suspension> suspensions = state.suspensions.get(tenant);
        if (suspensions == null) {
            return Optional.empty();
        }
        for (Map.Entry<SuspensionScope, Suspension> entry : suspensions.entrySet()) {
            if (entry.getKey().coversWhole(channel.name())) {
                return Optional.of(entry.getValue().getReason());
            }
        }
        return Optional.empty();
    }

    public int suspensionCount() {
        return state.suspensions.values().stream().mapToInt(Map::size).sum();
    }

    /** Everything as read from the beginning, in place of all that was known. */
    void replace(DirectoryState loaded) {
        state = loaded;
        isLoaded = true;
    }

    /** A copy that may be changed and handed back to {@link #replace}. */
    DirectoryState copy() {
        DirectoryState copy = new DirectoryState();
        copy.tenants.putAll(state.tenants);
        state.suspensions.forEach((tenant, suspensions) -> copy.suspensions.put(tenant, new HashMap<>(suspensions)));
        return copy;
    }
}
