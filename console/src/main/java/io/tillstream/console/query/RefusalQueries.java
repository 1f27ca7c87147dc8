package io.tillstream.console.query;

import io.tillstream.console.access.TenantScope;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** Reads {@code ledger.refusals}, latest first. */
public final class RefusalQueries {
    private static final String SELECT = """
            select tenant, partition, "offset", reason, detail, event_id, payment_id, event_type, amount, currency,
                   recorded_at
            from ledger.refusals""";
    private static final int PER_PAYMENT_MAX = 200;

    private final ReadDatabase database;

    public RefusalQueries(ReadDatabase database) {
        this.database = database;
    }

    /**
     * Which refusals; null for all.
     *
     * @param since recorded at or after
     */
    public record Filter(String tenant, String reason, Instant since) {}

    public Page<Refusal> list(TenantScope scope, Filter filter, Window window) {
        Conditions conditions = new Conditions()
                .ofTenant(filter.tenant(), scope)
                .when(filter.reason(), "reason", "reason = :reason")
                .when(filter.since(), "since", "recorded_at >= :since");
        if (window.after() != null) {
            Cursor after = window.after().ofSize(3);
            conditions
                    .always("(recorded_at, partition, \"offset\") < (:afterAt, :afterPartition, :afterOffset)")
                    .with("afterAt", after.instant(0))
                    .with("afterPartition", after.number(1))
                    .with("afterOffset", after.number(2));
        }
        return database.read(scope, handle -> {
            List<Refusal> rows = conditions
                    .query(handle, SELECT, "recorded_at desc, partition desc, \"offset\" desc", window)
                    .map(ConstructorMapper.of(Refusal.class))
                    .list();
            return Page.of(rows, window.limit(), last -> Cursor.of(last.recordedAt(), last.partition(), last.offset()));
        });
    }

    static List<Refusal> ofPayment(Handle handle, String tenant, UUID paymentId) {
        return handle.createQuery(SELECT + " where payment_id = :paymentId and tenant = :tenant"
                        + " order by recorded_at, partition, \"offset\" limit :limit")
                .bind("paymentId", paymentId)
                .bind("tenant", tenant)
                .bind("limit", PER_PAYMENT_MAX)
                .map(ConstructorMapper.of(Refusal.class))
                .list();
    }
}
