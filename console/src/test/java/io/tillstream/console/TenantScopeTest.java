package io.tillstream.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.tillstream.console.ConsoleFixture.Running;
import io.tillstream.console.query.ReadDatabase;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody sees another tenant's rows, whatever they ask. */
@Tag("cluster")
@ExtendWith(ConsoleFixture.class)
final class TenantScopeTest {
    private final Running running;

    TenantScopeTest(Running running) {
        this.running = running;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/entries?limit=1000",
                "/v1/balances",
                "/v1/batches",
                "/v1/anomalies",
                "/v1/refusals?limit=1000",
                "/v1/quarantine"
            })
    void shouldListOwnRowsOnly(String path) {
        HttpResponse<String> answer = asNorman(path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .contains("\"tenant\":\"norman\"")
                .doesNotContain("fresno")
                .doesNotContain("\"tenant\":\"\"");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    PATH, STATUS
                    /v1/payments/55555555-5555-8555-8555-555555555555, 404
                    /v1/payments/55555555-5555-8555-8555-555555555555?tenant=fresno, 403
                    /v1/payments/55555555-5555-8555-8555-555555555555?tenant=norman, 404
                    /v1/entries/1/1, 404
                    /v1/entries?tenant=fresno, 403
                    /v1/balances?tenant=fresno, 403
                    /v1/balances?tenant=nowhere, 403
                    /v1/batches/fresno-20261120, 404
                    /v1/anomalies?tenant=fresno, 403
                    """, useHeadersInDisplayName = true)
    void shouldHideWhatBelongsToOthers(String path, int status) {
        HttpResponse<String> answer = asNorman(path);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).doesNotContain("90000").doesNotContain("lockbox");
    }

    @Test
    void shouldRefuseToStartOverARoleThatSeesPastRowSecurity() throws SQLException {
        try (Connection connection = running.superuser();
                Statement statement = connection.createStatement()) {
            statement.execute("create role sees_all bypassrls");
        }
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(running.cluster().jdbcUrl());
        config.setUsername(running.cluster().databaseUser());
        config.setPassword(running.cluster().databasePassword());
        config.setMaximumPoolSize(1);
        try (HikariDataSource pool = new HikariDataSource(config)) {
            assertThatThrownBy(() -> new ReadDatabase(pool, "sees_all").requireRowSecurity())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("row-level security");
        }
    }

    private HttpResponse<String> asNorman(String path) {
        return new Browser(running.port()).get(path, "Authorization", "Bearer " + running.normanToken);
    }
}
