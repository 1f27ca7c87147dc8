package io.tillstream.local.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionSettingsTest {
    private static final String SINK = """
            kafka { bootstrap.servers = "127.0.0.1:1" }
            registry.url = "http://127.0.0.1:2"
            database { url = "jdbc:postgresql://127.0.0.1:3/x", user = "closer", password = "p" }
            files.directory = "files"
            ops.port = 4
            """;

    @TempDir
    private Path directory;

    @Test
    void shouldGiveTheLedgerTheSinksBankCalendar() throws IOException {
        Path calendar = directory.resolve("dates.txt");
        assertThat(load(SINK + "calendar.file = \"" + calendar + "\"\n")
                        .ledger()
                        .calendarFile())
                .contains(calendar);
    }

    @Test
    void shouldTakeNoCalendarWhenTheFileNamesNone() throws IOException {
        assertThat(load(SINK).ledger().calendarFile()).isEmpty();
    }

    private ConnectionSettings load(String settings) throws IOException {
        Path file = Files.writeString(directory.resolve("ledger-sink.conf"), settings);
        return ConnectionSettings.load(Optional.of(file), Map.of());
    }
}
