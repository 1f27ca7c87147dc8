package io.tillstream.console.query;

import io.tillstream.console.access.TenantScope;
import java.time.Duration;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The database as one viewer may see it. */
public final class ReadDatabase {
    private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(5);
    private final Jdbi jdbi;
    private final String role;

    /**
     * @param pool connections of a login that is a member of {@code role}
     * @param role the reader's role, which row-level security holds for
     */
    public ReadDatabase(DataSource pool, String role) {
        if (!role.matches("[a-z_][a-z0-9_]{0,62}")) {
            throw new IllegalArgumentException("not a role name: " + role);
        }
        this.jdbi = Jdbi.create(pool);
        this.role = role;
    }

    /** Runs queries in one read-only transaction that sees the scope's tenants and one state of the database. */
    <T> T read(TenantScope scope, Function<Handle, T> queries) {
        return read(scope, STATEMENT_TIMEOUT, queries);
    }

    /** As above, for queries in the background that may take longer. */
    <T> T read(TenantScope scope, Duration timeout, Function<Handle, T> queries) {
        return jdbi.inTransaction(handle -> {
            handle.execute("set transaction isolation level repeatable read, read only");
            handle.execute("set local role " + role);
            handle.createQuery("select set_config('tillstream.tenant', :scope, true) as scope,"
                            + " set_config('statement_timeout', :timeout, true) as timeout")
                    .bind("scope", scope.setting())
                    .bind("timeout", Long.toString(timeout.toMillis()))
                    .mapToMap()
                    .one();
            return queries.apply(handle);
        });
    }

    /**
     * Checks that the role cannot see past row-level security.
     *
     * @throws IllegalStateException if it is a superuser's or bypasses it: then no scope would hold
     */
    public void requireRowSecurity() {
        boolean bypasses = jdbi.inTransaction(handle -> {
            handle.execute("set local role " + role);
            return handle.createQuery("select rolsuper or rolbypassrls from pg_roles where rolname = current_user")
                    .mapTo(Boolean.class)
                    .one();
        });
        if (bypasses) {
            throw new IllegalStateException(
                    "role " + role + " bypasses row-level security: tenants would see each other");
        }
    }

    /** True when the database answers; for readiness. */
    public boolean answers() {
        return jdbi.withHandle(
                handle -> handle.createQuery("select true").mapTo(Boolean.class).one());
    }
}
