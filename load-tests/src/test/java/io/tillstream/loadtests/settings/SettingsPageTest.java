package io.tillstream.loadtests.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.console.ConsoleSettings;
import io.tillstream.ingest.IngestSettings;
import io.tillstream.ledgersink.LedgerSinkSettings;
import io.tillstream.loadtests.Tree;
import io.tillstream.runtime.SettingsReference;
import io.tillstream.streams.StreamsSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code -Dtillstream.settings.write=true} writes the page anew. */
class SettingsPageTest {
    private static final Path PAGE = Tree.root().resolve("docs/settings.md");
    private static final String HEAD = """
            # Settings

            Each service reads one file (HOCON): `./tillstream ingest|streams|ledger-sink|console --config FILE`. A key that is not in its table
            below, or a value out of range, stops the start with the key and the reason. A secret is given as text, which may be `${VARIABLE}`
            of the environment, or as `{ file = path }`.

            This page is made from the settings records of the code; `SettingsPageTest` says how.

            """;

    @Test
    void shouldSayWhatTheCodeSays() throws IOException {
        String current = HEAD
                + SettingsReference.markdown(
                        IngestSettings.class, StreamsSettings.class, LedgerSinkSettings.class, ConsoleSettings.class);
        if (Boolean.getBoolean("tillstream.settings.write")) {
            Files.writeString(PAGE, current);
        }
        assertThat(PAGE)
                .as("docs/settings.md; written anew by: mvn test -pl load-tests -Dtest=SettingsPageTest"
                        + " -Dtillstream.settings.write=true")
                .content()
                .isEqualTo(current);
    }
}
