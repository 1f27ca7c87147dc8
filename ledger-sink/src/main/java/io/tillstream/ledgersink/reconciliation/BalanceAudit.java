package io.tillstream.ledgersink.reconciliation;

import io.tillstream.ledgersink.reconciliation.Fold.Account;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** I3: the balances of the database are those of the journal; I1: they add up to 0 for each tenant and currency. */
final class BalanceAudit {
    private static final Comparator<Account> ORDER = Comparator.comparing(Account::tenant)
            .thenComparing(Account::account)
            .thenComparing(Account::currency)
            .thenComparingInt(Account::partition);

    private final Findings findings;

    BalanceAudit(Findings findings) {
        this.findings = findings;
    }

    void compare(Connection connection, Map<Account, Long> expected) throws SQLException {
        Map<Account, Long> found = stored(connection);
        Map<Account, Long> all = new TreeMap<>(ORDER);
        all.putAll(expected);
        found.forEach(all::putIfAbsent);
        for (Account account : all.keySet()) {
            long wanted = expected.getOrDefault(account, 0L);
            Long has = found.get(account);
            if (has == null ? expected.containsKey(account) : has != wanted) {
                findings.add(
                        Invariant.I3,
                        account.tenant() + ", account " + account.account() + " " + account.currency() + ", partition "
                                + account.partition(),
                        "balance " + wanted,
                        has == null ? "no row" : "balance " + has);
            }
        }
        addUp(found);
    }

    private void addUp(Map<Account, Long> balances) {
        Map<String, Long> sums = new TreeMap<>();
        balances.forEach(
                (account, balance) -> sums.merge(account.tenant() + " " + account.currency(), balance, Math::addExact));
        sums.forEach((owner, sum) -> {
            if (sum != 0) {
                findings.add(Invariant.I1, owner + ", all balances", 0, sum);
            }
        });
    }

    private static Map<Account, Long> stored(Connection connection) throws SQLException {
        Map<Account, Long> balances = new HashMap<>();
        String sql = "SELECT partition, tenant, currency, account, balance FROM ledger.balance";
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                balances.put(
                        new Account(row.getInt(1), row.getString(2), row.getString(3), row.getString(4)),
                        row.getLong(5));
            }
        }
        return balances;
    }
}
