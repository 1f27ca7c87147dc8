package io.tillstream.ingest.tenants;

import io.tillstream.schemas.Suspension;
import java.util.HashMap;
import java.util.Map;

/** What both topics say; changed only by the reader thread and only before it is published. */
final class DirectoryState {
    final Map<String, TenantProfile> tenants = new HashMap<>();
    final Map<String, Map<SuspensionScope, Suspension>> suspensions = new HashMap<>();

    void put(TenantProfile profile) {
        tenants.put(profile.tenant(), profile);
    }

    /** A tombstone on the topic: the city is gone. */
    void removeTenant(String tenant) {
        tenants.remove(tenant);
    }

    void put(Suspension suspension) {
        if (suspension.getSuspended()) {
            suspensions
                    .computeIfAbsent(suspension.getTenant(), tenant -> new HashMap<>())
                    .put(SuspensionScope.of(suspension), suspension);
        } else {
            resume(suspension.getTenant(), SuspensionScope.of(suspension));
        }
    }

    /** A tombstone under the key {@code tenant|channel|tender}: not suspended. */
    void removeSuspension(String key) {
        String[] parts = key.split("\\|", -1);
        if (parts.length == 3) {
            resume(parts[0], new SuspensionScope(parts[1], parts[2]));
        }
    }

    private void resume(String tenant, SuspensionScope scope) {
        Map<SuspensionScope, Suspension> suspended = suspensions.get(tenant);
        if (suspended == null) {
            return;
        }
        suspended.remove(scope);
        if (suspended.isEmpty()) {
            suspensions.remove(tenant);
        }
    }
}
