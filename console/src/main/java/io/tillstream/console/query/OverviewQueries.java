package io.tillstream.console.query;

import io.tillstream.console.access.TenantScope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** Reads what the overview page shows, in one transaction, so that its parts agree with one another. */
public final class OverviewQueries {
    /** Tenants on the page; more are in the API. */
    public static final int TENANTS_MAX = 200;

    private static final int ANOMALIES = 6;
    private static final int BATCHES = 12;
    private static final Duration RECENT = Duration.ofHours(24);
    private static final String SELECT_TENANTS = """
            select tenant, name, time_zone, cut_off, currency, open_date, next_close_at
            from operations.tenants order by tenant limit :limit""";

    private final ReadDatabase database;

    public OverviewQueries(ReadDatabase database) {
        this.database = database;
    }

    public Figures figures(TenantScope scope, Instant now) {
        return database.read(scope, handle -> {
            List<Batch> batches = BatchQueries.list(handle, new BatchQueries.Filter(null, null), Window.first(BATCHES))
                    .items();
            List<BatchFile> files = BatchQueries.files(
                    handle, batches.stream().map(Batch::batchId).toList());
            return new Figures(
                    now,
                    tenants(handle),
                    handle.createQuery("select count(*) from operations.tenants")
                            .mapTo(Long.class)
                            .one(),
                    reasons(handle, "ledger.refusals", now),
                    reasons(handle, "operations.quarantine", now),
                    AnomalyQueries.list(handle, new AnomalyQueries.Filter(null, null), Window.first(ANOMALIES))
                            .items(),
                    batches,
                    files);
        });
    }

    /** How far the sink is in every partition that it stores; for operators, since it tells of all tenants. */
    public List<SinkPosition> sinkPositions() {
        return database.read(
                new TenantScope(new TreeSet<>(List.of("*"))),
                handle -> handle.createQuery("select topic, partition, next_offset, next_sequence"
                                + " from operations.sink_offset order by topic, partition")
                        .map(ConstructorMapper.of(SinkPosition.class))
                        .list());
    }

    private static List<TenantDay> tenants(Handle handle) {
        return handle.createQuery(SELECT_TENANTS)
                .bind("limit", TENANTS_MAX)
                .map(ConstructorMapper.of(TenantDay.class))
                .list();
    }

    private static List<ReasonCount> reasons(Handle handle, String view, Instant now) {
        return handle.createQuery("select reason, count(*) as count, max(recorded_at) as last_at from " + view
                        + " where recorded_at >= :since group by reason order by count(*) desc, reason")
                .bind("since", now.minus(RECENT))
                .map(ConstructorMapper.of(ReasonCount.class))
                .list();
    }
}
