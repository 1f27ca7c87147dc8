package io.tillstream.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class TillstreamTest {
    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private String home;

    @BeforeEach
    void moveHome() {
        home = System.getProperty("tillstream.home");
        System.setProperty("tillstream.home", directory.toString());
    }

    @AfterEach
    void moveBack() {
        if (home == null) {
            System.clearProperty("tillstream.home");
        } else {
            System.setProperty("tillstream.home", home);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', useHeadersInDisplayName = true, textBlock = """
                    arguments                                | exit | told
                    --version                                | 0    | tillstream 0.1.0
                    demo --exit                              | 2    | --exit and --report need --payments
                    demo --payments 0                        | 2    | payments must be one at least
                    demo --rate 0                            | 2    | perSecond must be more than zero
                    demo --payments many                     | 2    | 'many' is not a long
                    ingest                                   | 2    | Missing required option: '--config=FILE'
                    topics plan                              | 2    | where is the cluster?
                    close --tenant t                         | 2    | Missing required option: '--date=YYYY-MM-DD'
                    close --tenant t --date tomorrow         | 2    | Invalid value for option '--date': cannot convert 'tomorrow'
                    close --tenant t --date 2026-11-22 --bootstrap x:1 | 2 | registry.url is missing
                    verify --config none.conf                | 2    | none.conf
                    suspend --tenant t --channel fax --reason r | 2 | expected one of [WEB, COUNTER, KIOSK, PHONE, MAIL]
                    suspend --tenant t                       | 2    | where is the cluster?
                    resume --tenant t --channel WEB          | 2    | where is the cluster?
                    suspend --channel WEB                    | 2    | Missing required option: '--tenant=<tenant>'
                    reset                                    | 1    | reset: refused. Posting's changelog is the journal
                    reset --application ledger               | 1    | run `tillstream verify`
                    import day.csv --tenant t --mapping none.yaml | 2 | none.yaml: there is no such file
                    tenants check none.yaml                  | 2    | none.yaml: there is no such file
                    nonsense                                 | 2    | Unmatched argument at index 0: 'nonsense'
                    """)
    void shouldSayWhatIsWrongAndGiveTheExitCode(String arguments, int exit, String told) {
        assertThat(run(arguments.split(" ", -1))).isEqualTo(exit);
        assertThat(out + err.toString()).contains(told);
    }

    @Test
    void shouldTellTheLineOfAMistakeInATenantsFile() throws IOException {
        Path file = Files.writeString(directory.resolve("cities.yaml"), "tenants:\n  - id: A\n");
        assertThat(run("tenants", "check", file.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("cities.yaml:2:9: tenants[0].id: expected lower-case letters");
    }

    @Test
    void shouldMakeKeysForTheirOwnerOnly() throws IOException {
        Path secret = directory.resolve("web.key");
        assertThat(run("keys", "new", secret.toString())).isZero();
        assertThat(out.toString())
                .startsWith("secretHash  ")
                .doesNotContain(Files.readString(secret).strip());
        assertThat(Files.getPosixFilePermissions(secret).toString())
                .contains("OWNER_READ")
                .doesNotContain("GROUP");
        assertThat(run("keys", "new", secret.toString())).isEqualTo(2);
        Path control = directory.resolve("control.json");
        assertThat(run("keys", "control", control.toString())).isZero();
        assertThat(run("keys", "control", control.toString())).isEqualTo(2);
    }

    @Test
    void shouldShowATokenOnceWithItsHash() {
        assertThat(run("mint-token")).isZero();
        List<String> lines = out.toString().lines().toList();
        assertThat(lines.get(0)).startsWith("token  tsq_");
        assertThat(lines.get(1)).matches("hash   [0-9a-f]{64}");
    }

    private int run(String... arguments) {
        CommandLine commandLine = Tillstream.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments);
    }
}
