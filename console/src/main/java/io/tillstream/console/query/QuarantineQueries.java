package io.tillstream.console.query;

import io.tillstream.console.access.TenantScope;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/**
 * Reads {@code operations.quarantine}, latest first. What was quarantined at HTTP has no position, so several rows may
 * share a key; the cursor therefore also counts how many rows of its key were given.
 */
public final class QuarantineQueries {
    private static final String SELECT = """
            select reason, detail, tenant, topic, partition, "offset", recorded_at, value_bytes,
                   encode(value_hash, 'hex') as value_hash
            from operations.quarantine""";
    private static final String ORDER = "recorded_at desc, topic desc, partition desc, \"offset\" desc, reason, detail,"
            + " tenant, value_bytes, value_hash";

    private final ReadDatabase database;

    public QuarantineQueries(ReadDatabase database) {
        this.database = database;
    }

    /**
     * Which rows; null for all.
     *
     * @param since recorded at or after
     */
    public record Filter(String tenant, String reason, Instant since) {}

    public Page<Quarantined> list(TenantScope scope, Filter filter, Window window) {
        Conditions conditions = new Conditions()
                .ofTenant(filter.tenant(), scope)
                .when(filter.reason(), "reason", "reason = :reason")
                .when(filter.since(), "since", "recorded_at >= :since");
        int given = 0;
        if (window.after() != null) {
            Cursor after = window.after().ofSize(5);
            given = (int) Math.min(after.number(4), Integer.MAX_VALUE);
            conditions
                    .always("(recorded_at, topic, partition, \"offset\")"
                            + " <= (:afterAt, :afterTopic, :afterPartition, :afterOffset)")
                    .with("afterAt", after.instant(0))
                    .with("afterTopic", after.text(1))
                    .with("afterPartition", after.number(2))
                    .with("afterOffset", after.number(3));
        }
        int skip = Math.max(0, given);
        conditions.with("skip", skip);
        return database.read(scope, handle -> {
            List<Quarantined> rows = conditions
                    .query(handle, SELECT, ORDER, window, " offset :skip")
                    .map(ConstructorMapper.of(Quarantined.class))
                    .list();
            return Page.of(rows, window.limit(), last -> cursor(rows.subList(0, window.limit()), window.after(), skip));
        });
    }

    private static Cursor cursor(List<Quarantined> page, Cursor before, int skipped) {
        Cursor last = key(page.get(page.size() - 1), 0);
        long ofLastKey = page.stream().filter(row -> key(row, 0).equals(last)).count();
        boolean sameKeyAsBefore = before != null
                && before.parts().subList(0, 4).equals(last.parts().subList(0, 4));
        return key(page.get(page.size() - 1), ofLastKey + (sameKeyAsBefore ? skipped : 0));
    }

    private static Cursor key(Quarantined row, long given) {
        return Cursor.of(row.recordedAt(), row.topic(), row.partition(), row.offset(), given);
    }
}
