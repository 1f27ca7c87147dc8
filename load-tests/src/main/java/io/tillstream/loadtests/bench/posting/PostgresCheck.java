package io.tillstream.loadtests.bench.posting;

import io.tillstream.loadtests.workload.Expected;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.UUID;

/** Holds the rows of the peer that is PostgreSQL alone against what was sent. */
final class PostgresCheck {
    private static final int FETCH = 20_000;

    private PostgresCheck() {}

    static CheckResult of(Connection connection, Input input) throws SQLException {
        Expected expected = input.expected();
        long[] found = fingerprints(connection, expected.accepted());
        boolean same = Arrays.equals(found, expected.sortedFingerprints());
        long captured = number(connection, "SELECT coalesce(sum(amount), 0) FROM bench.event WHERE type = 'CAPTURED'");
        long refunded = number(connection, "SELECT coalesce(sum(amount), 0) FROM bench.event WHERE type = 'REFUNDED'");
        long unbalanced = number(
                connection,
                "SELECT count(*) FROM bench.event WHERE accounts IS NULL OR (SELECT sum(a) FROM unnest(amounts) a) <> 0");
        long folded = number(connection, """
                SELECT count(*) FROM (
                    SELECT tenant, account, sum(part) AS balance
                    FROM bench.event, unnest(accounts, amounts) AS posting(account, part) GROUP BY tenant, account) f
                FULL JOIN (SELECT tenant, account, sum(balance) AS balance FROM bench.balance GROUP BY tenant, account) b
                    USING (tenant, account)
                WHERE f.balance IS DISTINCT FROM b.balance""");
        boolean exact = same
                && unbalanced == 0
                && folded == 0
                && captured == expected.capturedTotal()
                && refunded == expected.refundedTotal();
        return new CheckResult(
                exact,
                "events=" + found.length + ", same=" + same + ", unbalanced=" + unbalanced + ", balances that differ="
                        + folded + ", capturedTotal=" + captured + ", refundedTotal=" + refunded);
    }

    private static long[] fingerprints(Connection connection, int expected) throws SQLException {
        long[] found = new long[expected + 1];
        int count = 0;
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(FETCH);
            try (ResultSet rows = statement.executeQuery("SELECT event_id FROM bench.event")) {
                while (rows.next() && count < found.length) {
                    UUID id = rows.getObject(1, UUID.class);
                    found[count++] = Expected.fingerprint(id.getMostSignificantBits(), id.getLeastSignificantBits());
                }
            }
        } finally {
            connection.commit();
            connection.setAutoCommit(true);
        }
        long[] sorted = Arrays.copyOf(found, count);
        Arrays.sort(sorted);
        return sorted;
    }

    private static long number(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
