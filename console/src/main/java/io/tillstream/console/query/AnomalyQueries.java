package io.tillstream.console.query;

import io.tillstream.console.access.TenantScope;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** Reads {@code fraud.anomalies}, latest first. */
public final class AnomalyQueries {
    private static final String SELECT = """
            select anomaly_id, rule, tenant, subject_kind, subject, channel, window_start, window_end, detected_at,
                   attempts, declines, small_amounts, distinct_cards, amount_total, currency, detail, evidence
            from fraud.anomalies""";

    private final ReadDatabase database;

    public AnomalyQueries(ReadDatabase database) {
        this.database = database;
    }

    /**
     * Which anomalies; null for all.
     *
     * @param since detected at or after
     */
    public record Filter(String tenant, Instant since) {}

    public Page<Anomaly> list(TenantScope scope, Filter filter, Window window) {
        return database.read(scope, handle -> list(handle, filter, window));
    }

    static Page<Anomaly> list(Handle handle, Filter filter, Window window) {
        Conditions conditions = new Conditions()
                .when(filter.tenant(), "tenant", "tenant = :tenant")
                .when(filter.since(), "since", "detected_at >= :since");
        if (window.after() != null) {
            Cursor after = window.after().ofSize(2);
            conditions
                    .always("(detected_at, anomaly_id) < (:afterAt, :afterId)")
                    .with("afterAt", after.instant(0))
                    .with("afterId", after.text(1));
        }
        List<Anomaly> rows = conditions
                .query(handle, SELECT, "detected_at desc, anomaly_id desc", window)
                .map(ConstructorMapper.of(Anomaly.class))
                .list();
        return Page.of(rows, window.limit(), last -> Cursor.of(last.detectedAt(), last.anomalyId()));
    }

    /** The anomaly of that id, if it is in scope. */
    public Optional<Anomaly> find(TenantScope scope, String anomalyId) {
        return database.read(
                scope,
                handle -> handle.createQuery(SELECT + " where anomaly_id = :anomalyId")
                        .bind("anomalyId", anomalyId)
                        .map(ConstructorMapper.of(Anomaly.class))
                        .findOne());
    }
}
