package io.tillstream.ledgersink.settlement;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Batches by state, and how many are held up, as of the last round of the process that leads. */
final class BatchMeters {
    private static final List<String> STATES = List.of("CLOSED", "VERIFIED", "WRITTEN", "DELIVERED", "FUNDED");

    private final Map<String, AtomicLong> counts = new LinkedHashMap<>();
    private final AtomicLong heldUp = new AtomicLong();

    BatchMeters(MeterRegistry registry) {
        for (String state : STATES) {
            AtomicLong count = new AtomicLong();
            counts.put(state, count);
            Gauge.builder("tillstream.sink.batches", count, AtomicLong::get)
                    .description("Batches by state, on the leader")
                    .tag("state", state)
                    .register(registry);
        }
        Gauge.builder("tillstream.sink.batches.held.up", heldUp, AtomicLong::get)
                .description("Batches with a reason why they are not further, on the leader")
                .register(registry);
    }

    void refresh(Connection connection) throws SQLException {
        String sql =
                "SELECT state, count(*), count(*) FILTER (WHERE reason <> '') FROM settlement.batch GROUP BY state";
        Map<String, Long> found = new LinkedHashMap<>();
        long reasons = 0;
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                found.put(row.getString(1), row.getLong(2));
                reasons += row.getLong(3);
            }
        }
        counts.forEach((state, count) -> count.set(found.getOrDefault(state, 0L)));
        heldUp.set(reasons);
    }
}
