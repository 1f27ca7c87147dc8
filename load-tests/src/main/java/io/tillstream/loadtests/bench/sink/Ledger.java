package io.tillstream.loadtests.bench.sink;

import io.tillstream.embedded.EmbeddedDatabase;
import io.tillstream.ledgersink.database.Database;
import io.tillstream.loadtests.bench.stage.BenchDirectories;
import io.tillstream.schemas.Topics;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A server of its own with the ledger's tables, empty at first. */
final class Ledger implements AutoCloseable {
    /** Same for both; every commit is on disk before it counts. Memory as on a machine that the server shares. */
    static final Map<String, String> SERVER = Map.of(
            "shared_buffers", "1GB",
            "max_wal_size", "8GB",
            "checkpoint_timeout", "15min",
            "wal_buffers", "64MB",
            "synchronous_commit", "on");

    private final Path directory;
    private final EmbeddedDatabase server;
    private final Connection asking;

    /** Starts the server and makes the sink's tables with their indexes. */
    Ledger(Path directory) {
        this.directory = directory;
        server = EmbeddedDatabase.start(directory, 0, SERVER);
        try (Database database = open()) {
            database.migrate();
            asking = DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
        } catch (SQLException | RuntimeException e) {
            server.close();
            throw new IllegalStateException("The tables could not be made", e);
        }
    }

    /** Connections in the sink's own role. */
    Database open() {
        return Database.open(server.jdbcUrl(), server.user(), server.password(), 4);
    }

    /** A superuser's connection, for questions between and during runs. */
    Connection connection() {
        return asking;
    }

    String jdbcUrl() {
        return server.jdbcUrl();
    }

    String user() {
        return server.user();
    }

    /** Journal records that are stored. */
    long position() {
        return number("SELECT coalesce(sum(next_offset), 0)::bigint FROM operations.sink_offset WHERE topic = '"
                + Topics.JOURNAL.topicName() + "'");
    }

    /** Transactions that the entries came in. */
    long transactions() {
        return number("SELECT count(DISTINCT xmin::text) FROM ledger.entry");
    }

    /** What differs from the journal after the sink's run; empty if nothing does. */
    List<String> differences(Journal journal) {
        List<String> found = new ArrayList<>(countDifferences(journal));
        String sums =
                "SELECT tenant || ' ' || account || ' ' || currency, sum(amount)::bigint FROM ledger.posting GROUP BY 1";
        String kept = "SELECT tenant || ' ' || account || ' ' || currency, balance FROM ledger.balances";
        differs(found, "sums of postings", journal.balances(), longs(sums));
        differs(found, "balances", journal.balances(), longs(kept));
        String heads = "SELECT partition, encode(chain_head, 'hex') FROM operations.sink_offset WHERE topic = '"
                + Topics.JOURNAL.topicName() + "'";
        String last = "SELECT DISTINCT ON (partition) partition, encode(hash, 'hex') FROM ledger.entry"
                + " ORDER BY partition, sequence DESC";
        differs(found, "chain heads", journal.heads(), texts(heads));
        differs(found, "hashes of the last entries", journal.heads(), texts(last));
        return found;
    }

    /** Rows too few or too many. */
    List<String> countDifferences(Journal journal) {
        List<String> found = new ArrayList<>();
        differs(found, "entries", journal.entries(), number("SELECT count(*) FROM ledger.entry"));
        differs(found, "postings", journal.postings(), number("SELECT count(*) FROM ledger.posting"));
        return found;
    }

    private static void differs(List<String> found, String what, Object wanted, Object stored) {
        if (!wanted.equals(stored)) {
            boolean isLong = wanted instanceof Map;
            found.add(what + " differ" + (isLong ? "" : ": " + stored + " for " + wanted));
        }
    }

    private Map<String, Long> longs(String query) {
        Map<String, Long> rows = new TreeMap<>();
        try (Statement statement = asking.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            while (result.next()) {
                rows.put(result.getString(1), result.getLong(2));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return rows;
    }

    private Map<Integer, String> texts(String query) {
        Map<Integer, String> rows = new TreeMap<>();
        try (Statement statement = asking.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            while (result.next()) {
                rows.put(result.getInt(1), result.getString(2));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return rows;
    }

    private long number(String query) {
        try (Statement statement = asking.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ends the server and removes its data. */
    @Override
    public void close() {
        try {
            asking.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } finally {
            server.close();
            BenchDirectories.removeTree(directory);
        }
    }
}
