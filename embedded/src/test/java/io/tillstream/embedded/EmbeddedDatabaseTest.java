package io.tillstream.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbeddedDatabaseTest {

    @TempDir
    static Path directory;

    private EmbeddedDatabase database;

    @BeforeEach
    void startDatabase() throws SQLException {
        database = EmbeddedDatabase.start(directory, 0);
        execute("CREATE TABLE IF NOT EXISTS kept (line int)");
        execute("TRUNCATE kept");
        execute("INSERT INTO kept VALUES (7)");
    }

    @AfterEach
    void stopDatabase() {
        database.close();
    }

    @Test
    void shouldKeepDataAndPortWhenStoppedAndStartedAgain() throws SQLException {
        String url = database.jdbcUrl();
        database.stop();
        assertThatThrownBy(() -> query("SELECT line FROM kept")).isInstanceOf(SQLException.class);
        database.startAgain();
        assertThat(database.jdbcUrl()).isEqualTo(url);
        assertThat(query("SELECT line FROM kept")).isEqualTo("7");
    }

    @Test
    void shouldKeepWhatWasCommittedWhenThePostmasterIsKilled() throws SQLException {
        ChildProcess.signal(database.pid(), "KILL");
        EmbeddedDatabase again = EmbeddedDatabase.start(directory, 0);
        database = again;
        assertThat(query("SELECT line FROM kept")).isEqualTo("7");
    }

    @Test
    void shouldTakeOverWhenAnEarlierRunStillHasAServerOnTheData() throws SQLException {
        EmbeddedDatabase left = database;
        database = EmbeddedDatabase.start(directory, 0);
        assertThat(database.pid()).isNotEqualTo(left.pid());
        assertThat(ProcessHandle.of(left.pid())).isEmpty();
        assertThat(query("SELECT line FROM kept")).isEqualTo("7");
    }

    @Test
    void shouldStartWhenAStrangerHasThePidOfAKilledServer() throws Exception {
        Path pidFile = directory.resolve("pgdata/postmaster.pid");
        String content = Files.readString(pidFile);
        ChildProcess.signal(database.pid(), "KILL");
        Files.writeString(
                pidFile,
                content.replaceFirst(
                        "\\d+", Long.toString(ProcessHandle.current().pid())));
        database = EmbeddedDatabase.start(directory, 0);
        assertThat(query("SELECT line FROM kept")).isEqualTo("7");
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
            SETTING,               VALUE
            fsync,                 on
            synchronous_commit,    on
            full_page_writes,      on
            listen_addresses,      127.0.0.1
            max_connections,       60
            """)
    void shouldRunWithThisSetting(String setting, String value) throws SQLException {
        assertThat(query("SHOW " + setting)).isEqualTo(value);
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String query(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
    }
}
