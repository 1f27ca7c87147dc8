package io.tillstream.local.demo;

import io.tillstream.schemas.Topics;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Asks PostgreSQL, by its documented views, what the demo wants to know. */
final class DemoLedger {
    private final DemoServers servers;

    DemoLedger(DemoServers servers) {
        this.servers = servers;
    }

    /** Entries stored. */
    long entries() {
        String sql = "SELECT coalesce(sum(next_sequence), 0) FROM operations.sink_offset WHERE topic = ?";
        try (Connection connection = servers.connection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, Topics.JOURNAL.topicName());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL did not tell how many entries it has", e);
        }
    }

    /** Offset of the next entry to store, by partition of the journal. */
    Map<Integer, Long> nextOffsets() {
        Map<Integer, Long> offsets = new TreeMap<>();
        String sql = "SELECT partition, next_offset FROM operations.sink_offset WHERE topic = ?";
        try (Connection connection = servers.connection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, Topics.JOURNAL.topicName());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    offsets.put(row.getInt(1), row.getLong(2));
                }
            }
            return offsets;
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL did not tell how far it is in the journal", e);
        }
    }

    /** The open date of every city; a city whose terms are not in the ledger yet is left out. */
    Map<String, LocalDate> openDates() {
        Map<String, LocalDate> dates = new LinkedHashMap<>();
        String sql = "SELECT tenant, open_date FROM operations.tenants WHERE open_date IS NOT NULL ORDER BY tenant";
        try (Connection connection = servers.connection();
                PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                dates.put(row.getString(1), row.getObject(2, LocalDate.class));
            }
            return dates;
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL did not tell the open dates", e);
        }
    }

    /** State of a batch with the reason if it is stuck; empty text if there is none yet. */
    String batchState(String tenant, LocalDate date) {
        String sql = "SELECT state, reason FROM settlement.batches WHERE tenant = ? AND business_date = ?";
        try (Connection connection = servers.connection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, tenant);
            statement.setObject(2, date);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? (row.getString(1) + " " + row.getString(2)).strip() : "";
            }
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL did not tell the state of a batch", e);
        }
    }

    /**
     * Balances by city and account in minor units, debit positive. What a processor owes and what is on its way from it count
     * together as {@code owed:{processor}}, because a close moves one to the other.
     */
    Map<String, Map<String, Long>> balances() {
        Map<String, Map<String, Long>> balances = new TreeMap<>();
        try (Connection connection = servers.connection();
                PreparedStatement statement =
                        connection.prepareStatement("SELECT tenant, account, balance FROM ledger.balances");
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                balances.computeIfAbsent(row.getString(1), tenant -> new TreeMap<>())
                        .merge(owed(row.getString(2)), row.getLong(3), Math::addExact);
            }
            return balances;
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL did not tell the balances", e);
        }
    }

    /** The account under which a balance is compared. */
    static String owed(String account) {
        if (account.startsWith("clearing:") || account.startsWith("in-transit:")) {
            return "owed:" + account.substring(account.indexOf(':') + 1);
        }
        return account;
    }
}
