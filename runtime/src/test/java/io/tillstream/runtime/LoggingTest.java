package io.tillstream.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoggingTest {
    private final LoggerContext context = new LoggerContext();

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void shouldWriteOneJsonObjectPerLine() throws Exception {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
        try {
            configure("json", "INFO", "WARN");
            context.getLogger("ingest").info("Accepted {}\nin {} ms", 2, 7);
            context.getLogger("ingest").debug("not shown");
            context.getLogger("org.apache.kafka.clients").info("not shown either");
        } finally {
            System.setOut(before);
        }

        String line = written.toString(StandardCharsets.UTF_8);
        JsonNode json = new JsonMapper().readTree(line);
        assertThat(line.strip().lines()).hasSize(1);
        assertThat(json.path("formattedMessage").asText()).isEqualTo("Accepted 2\nin 7 ms");
        assertThat(json.path("level").asText()).isEqualTo("INFO");
        assertThat(json.path("loggerName").asText()).isEqualTo("ingest");
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
            level, kafkaLevel, refused
            INFO,  WARN,       false
            DEBUG, DEBUG,      false
            TRACE, WARN,       true
            INFO,  TRACE,      true
            ALL,   WARN,       true
            OFF,   OFF,        false
            """)
    void shouldRefuseTraceWhereverItIsSet(String level, String kafkaLevel, boolean refused) throws Exception {
        configure("plain", level, kafkaLevel);

        if (refused) {
            assertThatThrownBy(() -> Logging.refuseTrace(context))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("TRACE prints record values");
        } else {
            assertThatCode(() -> Logging.refuseTrace(context)).doesNotThrowAnyException();
        }
    }

    @Test
    void shouldPutALoggerBackWhenItIsSetToTraceLater() throws Exception {
        configure("plain", "INFO", "WARN");
        Logging.refuseTrace(context);

        context.getLogger("org.apache.kafka.streams").setLevel(Level.TRACE);

        assertThat(context.getLogger("org.apache.kafka.streams").getEffectiveLevel())
                .isEqualTo(Level.DEBUG);
    }

    private void configure(String format, String level, String kafkaLevel) throws Exception {
        context.putProperty(Logging.FORMAT_PROPERTY, format);
        context.putProperty("tillstream.log.level", level);
        context.putProperty("tillstream.log.kafka.level", kafkaLevel);
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        // As slf4j's provider does for the context of the process: without it no event is written.
        context.setMDCAdapter(new LogbackMDCAdapter());
        configurator.doConfigure(Logging.class.getResource("/logback.xml"));
        context.start();
    }
}
