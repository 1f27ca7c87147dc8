package io.tillstream.loadtests.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.loadtests.Tree;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of metrics in docs/operations.md names what the code makes, and nothing else. */
class MetricsPageTest {
    private static final Pattern NAME = Pattern.compile("`(tillstream_[a-z_]+)(?:\\{[a-z,]+})?`");

    /** A key of Kafka Streams' configuration, not a meter. */
    private static final String ROCKSDB_MEMORY = "tillstream.rocksdb.memory.bytes";

    @Test
    void shouldNameEveryMetricOfTheCode() throws IOException {
        Set<String> made = new TreeSet<>();
        MetricNames.sources().forEach(source -> made.addAll(MetricNames.in(source)));
        assertThat(made).contains("tillstream_posting_entries_total", "tillstream_sink_lag_records");
        assertThat(documented()).isEqualTo(made);
    }

    /** A name that is put into a constant, or given to a method of another kind, would escape the scan. */
    @Test
    void shouldSeeEveryPlaceThatNamesAMeter() throws IOException {
        for (String source : MetricNames.sources()) {
            List<String> made = MetricNames.in(source).stream().toList();
            assertThat(MetricNames.mentionedIn(source))
                    .filteredOn(name -> !name.equals(ROCKSDB_MEMORY))
                    .allSatisfy(name -> assertThat(made).anyMatch(metric -> metric.startsWith(name.replace('.', '_'))));
        }
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
            source                                                           | metric
            Counter.builder("tillstream.a.b").register(meters);              | tillstream_a_b_total
            registry.counter("tillstream.a.b", "reason", "x");               | tillstream_a_b_total
            Timer.builder("tillstream.a.b").register(meters);                | tillstream_a_b_seconds
            Gauge.builder("tillstream.a.b", x, X::y).register(meters);       | tillstream_a_b
            Gauge.builder( "tillstream.a.b", x).baseUnit("bytes").register(meters); | tillstream_a_b_bytes
            Counter.builder("tillstream.a.b").description("c; d").baseUnit("bytes").register(meters); | tillstream_a_b_bytes_total
            Counter.builder("tillstream.a.b").baseUnit("b").register(meters); | tillstream_a_b_total
            gauge("tillstream.a.b", "B", x, X::y);                           | tillstream_a_b
            """)
    void shouldTellPrometheusNameFromTheSource(String source, String metric) {
        assertThat(MetricNames.in(source)).containsExactly(metric);
    }

    private static Set<String> documented() {
        Set<String> names = new TreeSet<>();
        Tree.text(Tree.root().resolve("docs/operations.md"))
                .lines()
                .filter(line -> line.startsWith("| `tillstream_"))
                .map(line -> line.split("\\|", -1)[1])
                .forEach(cell -> {
                    Matcher name = NAME.matcher(cell);
                    while (name.find()) {
                        names.add(name.group(1));
                    }
                });
        return names;
    }
}
