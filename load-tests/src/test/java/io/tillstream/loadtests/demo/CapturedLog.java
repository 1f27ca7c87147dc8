package io.tillstream.loadtests.demo;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.FileAppender;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.LoggerFactory;

/** All that is logged at INFO, with everything that a line can carry, in a file and not in the test's output. */
final class CapturedLog implements AutoCloseable {
    private static final String PATTERN = "%d %level %logger [%thread] %mdc %kvp %marker %msg%n%ex{full}";

    private final Logger root;
    private final Level levelBefore;
    private final List<Appender<ILoggingEvent>> appendersBefore = new ArrayList<>();

    private CapturedLog(Logger root) {
        this.root = root;
        levelBefore = root.getLevel();
        root.iteratorForAppenders().forEachRemaining(appendersBefore::add);
    }

    static CapturedLog into(Path file) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        CapturedLog log = new CapturedLog(context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME));
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(PATTERN);
        encoder.start();
        FileAppender<ILoggingEvent> appender = new FileAppender<>();
        appender.setContext(context);
        appender.setName("captured");
        appender.setFile(file.toString());
        appender.setEncoder(encoder);
        appender.start();
        log.root.setLevel(Level.INFO);
        log.appendersBefore.forEach(log.root::detachAppender);
        log.root.addAppender(appender);
        return log;
    }

    @Override
    public void close() {
        root.detachAndStopAllAppenders();
        appendersBefore.forEach(root::addAppender);
        root.setLevel(levelBefore);
    }
}
