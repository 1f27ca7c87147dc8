package io.tillstream.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SettingsReferenceTest {
    @Test
    void shouldShowEverySettingOfTheRecord() {
        assertThat(SettingsReference.markdown(ExampleSettings.class)).isEqualTo("""
                ## example

                | key | type | default | range | meaning |
                |---|---|---|---|---|
                | `kafka` | Kafka's client settings | required |  | Where the brokers are, and security. |
                | `registry.url` | text | required |  | Where the schema registry answers. |
                | `http.address` | text | `127.0.0.1` |  | Address. |
                | `http.port` | number | `8080` | 0 to 65535 | Port, 0 for any. |
                | `http.port-max` | number | `65535` |  | Last port to try. |
                | `http.compression` | true or false | `true` |  | Compress \\| or not. |
                | `dedupe.horizon` | number, days | `400` | from 1 | Business days. |
                | `buffer` | number, bytes | `32MiB` |  | Memory of the producer. |
                | `share` | number | `0.5` | 0 to 1 | Share sampled. |
                | `commit.interval` | time span | `200ms` | 10ms to 1m | Commit. |
                | `state.directory` | path | `data/streams` |  | State. |
                | `roles` | list of one of posting, detection, day-close | `posting, detection` |  | What runs here. |
                | `names` | list of text | none |  | Names. |
                | `first.role` | one of posting, detection, day-close | `posting` |  | Begins. |
                | `database.password` | secret: text or `{ file = path }` | none |  | Password. |
                """);
    }

    @Test
    void shouldMakeOneSectionPerRecord() {
        record LedgerSinkSettings(
                @Setting(key = "a", doc = "A.") long a) {}
        record ConsoleSettings(
                @Setting(key = "b", doc = "B.", def = "2", max = "3")
                int b) {}

        assertThat(SettingsReference.markdown(LedgerSinkSettings.class, ConsoleSettings.class))
                .isEqualTo("""
                ## ledger-sink

                | key | type | default | range | meaning |
                |---|---|---|---|---|
                | `a` | number | required |  | A. |

                ## console

                | key | type | default | range | meaning |
                |---|---|---|---|---|
                | `b` | number | `2` | up to 3 | B. |
                """);
    }
}
