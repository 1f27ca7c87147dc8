package io.tillstream.runtime;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import java.util.List;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

/**
 * The log of a process: one JSON object per line on standard output, or plain lines on standard error when
 * {@code -Dtillstream.log=plain}. Levels: {@code -Dtillstream.log.level} (INFO) for everything,
 * {@code -Dtillstream.log.kafka.level} (WARN) for Kafka.
 */
public final class Logging {
    /** {@code json} for services, {@code plain} for a person at a terminal; read when the first logger is made. */
    public static final String FORMAT_PROPERTY = "tillstream.log";

    private Logging() {}

    /** Makes the log plain for the command line. Has to be called before anything logs. */
    public static void plain() {
        if (System.getProperty(FORMAT_PROPERTY) == null) {
            System.setProperty(FORMAT_PROPERTY, "plain");
        }
    }

    /**
     * Checks the log of this process at start, and from then on puts back any logger that is set to TRACE.
     *
     * @throws IllegalStateException if a logger is at TRACE: Kafka prints the values of records there
     */
    public static void start() {
        ILoggerFactory factory = LoggerFactory.getILoggerFactory();
        if (!(factory instanceof LoggerContext context)) {
            throw new IllegalStateException(
                    "the log goes through " + factory.getClass().getName() + ", whose levels cannot be checked");
        }
        refuseTrace(context);
    }

    static void refuseTrace(LoggerContext context) {
        List<String> tracing = context.getLoggerList().stream()
                .filter(logger -> !logger.getEffectiveLevel().isGreaterOrEqual(Level.DEBUG))
                .map(Logger::getName)
                .toList();
        if (!tracing.isEmpty()) {
            throw new IllegalStateException("TRACE prints record values and is refused; it is on for " + tracing);
        }
        context.addListener(new NoTrace());
    }
}
