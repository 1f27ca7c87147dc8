package io.tillstream.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.security.auth.module.UnixSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RootGuardTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
            uid,   named, unshare,  setpriv,  begins with
            1000,  yes,   no,       no,       ''
            12345, no,    yes,      no,       unshare
            0,     yes,   yes,      yes,      unshare
            0,     yes,   no,       yes,      setpriv
            """)
    void shouldTakeTheFirstWayThatWorks(long uid, String named, String unshare, String setpriv, String beginsWith) {
        Map<String, String> works = Map.of("sh", named, "unshare", unshare, "setpriv", setpriv);
        RootGuard guard = RootGuard.find(
                uid, List.of(directory), command -> works.get(command.get(0)).equals("yes") ? "" : "not permitted");
        assertThat(String.join(" ", guard.prefix())).startsWith(beginsWith);
        assertThat(guard.prefix().isEmpty()).isEqualTo(beginsWith.isEmpty());
    }

    @Test
    void shouldSayWhyAndWhatToDoWhenNoWayWorks() {
        assertThatThrownBy(() -> RootGuard.find(0, List.of(directory), command -> command.get(0) + " said no"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("unshare -U: unshare said no; setpriv: setpriv said no")
                .hasMessageContaining("Run Tillstream as another user");
    }

    @Test
    void shouldSayThatAUserWithoutANameNeedsOne() {
        assertThatThrownBy(() -> RootGuard.find(12345, List.of(directory), command -> command.get(0) + " said no"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("a name for user 12345")
                .hasMessageContaining("unshare -U: unshare said no");
    }

    /** Root without user namespaces, as in most containers; then the same data with them, and without again. */
    @Test
    void shouldRunPostgresAsNobodyAndChangeTheWayOnTheSameData() throws Exception {
        assumeTrue(new UnixSystem().getUid() == 0, "only root needs it");
        Path postgres = Installation.of("postgres").resolve("bin").resolve("postgres");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        for (String forbidden : List.of("unshare", "none", "unshare")) {
            RootGuard guard = guard(List.of(directory, postgres), forbidden);
            assumeTrue(guard != null, "nobody may not run PostgreSQL here");
            try (EmbeddedDatabase database = EmbeddedDatabase.start(directory, 0, Map.of(), guard);
                    Connection connection = DriverManager.getConnection(database.jdbcUrl(), database.user(), "")) {
                assertThat(connection.isValid(5)).isTrue();
                assertThat(Files.getAttribute(Path.of("/proc/" + database.pid()), "unix:uid"))
                        .isEqualTo(forbidden.equals("unshare") ? 65534 : 0);
            }
        }
    }

    /** @return null where this machine has no such way */
    private static RootGuard guard(List<Path> needed, String forbidden) {
        try {
            return RootGuard.find(
                    0,
                    needed,
                    command ->
                            command.get(0).equals(forbidden) ? "Operation not permitted" : RootGuard.attempt(command));
        } catch (IllegalStateException e) {
            return null;
        }
    }
}
