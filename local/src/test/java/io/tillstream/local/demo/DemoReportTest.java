package io.tillstream.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoReportTest {
    @TempDir
    private Path directory;

    @Test
    void shouldWriteTheAgreedKeysFirst() throws IOException {
        Path file = directory.resolve("below").resolve("report.json");
        report(true, List.of()).write(file);
        JsonNode json = new ObjectMapper().readTree(file.toFile());
        List<String> keys = new ArrayList<>();
        json.fieldNames().forEachRemaining(keys::add);
        assertThat(keys)
                .startsWith(
                        "sent",
                        "accepted",
                        "entries",
                        "duplicates",
                        "refused",
                        "quarantined",
                        "databaseEntries",
                        "unbalanced",
                        "batches",
                        "files",
                        "chainIntact",
                        "lost",
                        "doubled",
                        "anomalies",
                        "seconds");
        assertThat(json.get("refused").get("DUPLICATE").asLong()).isEqualTo(7);
        assertThat(json.get("invariants").get("I1").asBoolean()).isTrue();
    }

    @Test
    void shouldSayWhatIsNotAsExpected() {
        assertThat(report(true, List.of()).summary()).last().isEqualTo("ALL HOLDS");
        assertThat(report(false, List.of("1 is not 2")).summary()).endsWith("NOT AS EXPECTED: 1 is not 2", "FAILED");
    }

    private static DemoReport report(boolean holds, List<String> differences) {
        return new DemoReport(
                10,
                9,
                8,
                1,
                Map.of("DUPLICATE", 7L),
                Map.of(),
                8,
                0,
                10,
                20,
                true,
                0,
                0,
                2,
                12.5,
                holds,
                Map.of("I1", true),
                5,
                42,
                "r1",
                Map.of(),
                0,
                0,
                98,
                100.0,
                Map.of("traffic", 5.0),
                differences);
    }
}
