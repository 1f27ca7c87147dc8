package io.tillstream.console.query;

import io.tillstream.console.access.TenantScope;
import java.util.List;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** Reads {@code ledger.balances}. */
public final class BalanceQueries {
    private final ReadDatabase database;

    public BalanceQueries(ReadDatabase database) {
        this.database = database;
    }

    /**
     * An account of a tenant, all partitions added up.
     *
     * @param balance minor units; debit positive
     */
    public record Balance(String tenant, String account, String currency, long balance) {}

    /** Balances by tenant, account and currency; of one tenant, or of all in scope for null. */
    public Page<Balance> list(TenantScope scope, String tenant, Window window) {
        Conditions conditions = new Conditions().ofTenant(tenant, scope);
        if (window.after() != null) {
            Cursor after = window.after().ofSize(3);
            conditions
                    .always("(tenant, account, currency) > (:afterTenant, :afterAccount, :afterCurrency)")
                    .with("afterTenant", after.text(0))
                    .with("afterAccount", after.text(1))
                    .with("afterCurrency", after.text(2));
        }
        return database.read(scope, handle -> {
            List<Balance> rows = conditions
                    .query(
                            handle,
                            "select tenant, account, currency, balance from ledger.balances",
                            "tenant, account, currency",
                            window)
                    .map(ConstructorMapper.of(Balance.class))
                    .list();
            return Page.of(rows, window.limit(), last -> Cursor.of(last.tenant(), last.account(), last.currency()));
        });
    }
}
