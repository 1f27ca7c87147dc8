package io.tillstream.console.query;

import io.tillstream.console.access.TenantScope;
import io.tillstream.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/**
 * Adds up the entries of open business dates: all of them once, and then only those that came since. The sink's own
 * positions say how far the entries go, and are read in the same transaction, so none is missed or counted twice.
 */
public final class DaySumQueries {
    /** The first reading goes over whole days; it happens in the background. */
    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    private static final String SUMS = """
            select e.tenant, e.business_date,
                   count(*) as entries,
                   count(*) filter (where e.event_type = 'CAPTURED') as captures,
                   coalesce(sum(e.amount) filter (where e.event_type = 'CAPTURED'), 0)::bigint as captured,
                   coalesce(sum(e.amount) filter (where e.event_type
                       in ('VOIDED', 'REFUNDED', 'RETURNED', 'CHARGED_BACK')), 0)::bigint as turned_back,
                   count(*) filter (where e.event_type = 'DECLINED') as declines,
                   max(e.recorded_at) as last_at
            """;
    private static final String OF_OPEN_DATES = SUMS + """
            from operations.tenants t
            join ledger.entries e on e.tenant = t.tenant and e.business_date >= t.open_date
            where e.kind in ('RECORDED', 'RELEASED')
            group by e.tenant, e.business_date""";
    private static final String OF_NEW_ENTRIES = SUMS + """
            from ledger.entries e
            where e.partition = :partition and e.sequence >= :from and e.sequence < :to
              and e.kind in ('RECORDED', 'RELEASED')
            group by e.tenant, e.business_date""";

    private final ReadDatabase database;

    public DaySumQueries(ReadDatabase database) {
        this.database = database;
    }

    /**
     * Sums of entries, and where the next reading begins.
     *
     * @param sums of each tenant and date, possibly several for one
     * @param next sequence of the next entry, by partition of the journal
     */
    public record Step(List<DaySum> sums, Map<Integer, Long> next) {
        public Step {
            sums = List.copyOf(sums);
            next = Map.copyOf(next);
        }
    }

    /** All entries of the dates that are open. */
    public Step all(TenantScope scope) {
        return database.read(
                scope,
                TIMEOUT,
                handle -> new Step(
                        handle.createQuery(OF_OPEN_DATES)
                                .map(ConstructorMapper.of(DaySum.class))
                                .list(),
                        ends(handle)));
    }

    /** Entries, whatever their date, that came since. */
    public Step since(TenantScope scope, Map<Integer, Long> from) {
        return database.read(scope, TIMEOUT, handle -> {
            Map<Integer, Long> ends = ends(handle);
            List<DaySum> sums = new ArrayList<>();
            ends.forEach((partition, end) -> sums.addAll(handle.createQuery(OF_NEW_ENTRIES)
                    .bind("partition", partition)
                    .bind("from", from.getOrDefault(partition, 0L))
                    .bind("to", end)
                    .map(ConstructorMapper.of(DaySum.class))
                    .list()));
            return new Step(sums, ends);
        });
    }

    private static Map<Integer, Long> ends(Handle handle) {
        return handle.createQuery("select partition, next_sequence from operations.sink_offset where topic = :journal")
                .bind("journal", Topics.JOURNAL.topicName())
                .reduceRows(new HashMap<>(), (ends, row) -> {
                    ends.put(row.getColumn("partition", Integer.class), row.getColumn("next_sequence", Long.class));
                    return ends;
                });
    }
}
