package io.tillstream.console.overview;

import io.tillstream.console.access.TenantScope;
import io.tillstream.console.query.DaySum;
import io.tillstream.console.query.DaySumQueries;
import io.tillstream.console.query.TenantDay;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Running totals of the open business dates of one scope. Not safe for several threads. */
final class DayTotals {
    private final Map<Key, DaySum> sums = new HashMap<>();
    private Map<Integer, Long> next = Map.of();

    private record Key(String tenant, LocalDate businessDate) {}

    /** Reads what came since the last time; everything, the first time and when the database was begun anew. */
    void advance(DaySumQueries queries, TenantScope scope) {
        DaySumQueries.Step step = next.isEmpty() ? queries.all(scope) : queries.since(scope, next);
        if (wentBack(step.next())) {
            sums.clear();
            step = queries.all(scope);
        }
        for (DaySum sum : step.sums()) {
            sums.merge(new Key(sum.tenant(), sum.businessDate()), sum, DaySum::plus);
        }
        next = step.next();
    }

    /** The totals of each tenant's open date, by tenant; forgets dates that are closed. */
    Map<String, DaySum> of(List<TenantDay> days) {
        Map<String, DaySum> totals = new HashMap<>();
        for (TenantDay day : days) {
            if (day.openDate() != null) {
                sums.keySet()
                        .removeIf(key -> key.tenant.equals(day.tenant()) && key.businessDate.isBefore(day.openDate()));
                DaySum sum = sums.get(new Key(day.tenant(), day.openDate()));
                if (sum != null) {
                    totals.put(day.tenant(), sum);
                }
            }
        }
        return totals;
    }

    private boolean wentBack(Map<Integer, Long> now) {
        return next.entrySet().stream().anyMatch(known -> now.getOrDefault(known.getKey(), 0L) < known.getValue());
    }
}
