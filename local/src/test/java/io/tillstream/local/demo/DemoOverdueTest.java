package io.tillstream.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Entries that do not arrive: the demo must say so in its report, with all that it checks, instead of ending without one. */
class DemoOverdueTest {
    private static final DemoEnding.Limits SHORT =
            new DemoEnding.Limits(Duration.ofSeconds(4), Duration.ofSeconds(2), Duration.ofSeconds(2));

    @TempDir
    private Path directory;

    @Test
    void shouldCheckAndReportWhenEntriesDoNotReachTheDatabase() throws Exception {
        Path data = directory.resolve("data");
        Path tenants = Path.of("..", "examples", "tenants.yaml");
        List<String> lines = new ArrayList<>();
        try (Demo demo = new Demo(DemoOptions.bounded(data, tenants, 50, 1), SHORT, lines::add)) {
            demo.start();
            Config addresses = ConfigFactory.parseFile(data.resolve("demo.json").toFile());
            try (Connection connection = DriverManager.getConnection(
                            addresses.getString("database.url"), addresses.getString("database.user"), "");
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute("LOCK TABLE ledger.entry IN EXCLUSIVE MODE");
                assertTold(demo.report());
                connection.rollback();
            }
        }
        assertThat(lines).anyMatch(line -> line.startsWith("Waited 4 s for every input"));
    }

    private static void assertTold(DemoReport report) {
        assertThat(report.holds()).isFalse();
        assertThat(report.differences())
                .anyMatch(difference -> difference.startsWith("Waited 4 s for every input to have its outcome"))
                .anyMatch(difference -> difference.startsWith("Waited 2 s for the files"));
        assertThat(report.databaseEntries()).isLessThan(report.entries());
        assertThat(report.lost()).isZero();
        assertThat(report.invariants()).containsEntry("I4", false).containsEntry("I7", true);
        assertThat(report.summary()).last().isEqualTo("FAILED");
    }
}
