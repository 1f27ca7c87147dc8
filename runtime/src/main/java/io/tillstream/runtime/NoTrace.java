package io.tillstream.runtime;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggerContextListener;

/** Keeps loggers above TRACE while the process runs. Costs nothing when records are logged, unlike a filter. */
final class NoTrace implements LoggerContextListener {
    @Override
    public boolean isResetResistant() {
        return true;
    }

    @Override
    public void onLevelChange(Logger logger, Level level) {
        if (level != null && !level.isGreaterOrEqual(Level.DEBUG)) {
            logger.setLevel(Level.DEBUG);
            logger.error("{} was set to {}: put to DEBUG, because TRACE prints record values", logger.getName(), level);
        }
    }

    @Override
    public void onStart(LoggerContext context) {
        // Levels are looked at when they change.
    }

    @Override
    public void onReset(LoggerContext context) {
        // A reset sets levels one by one, each of which is told.
    }

    @Override
    public void onStop(LoggerContext context) {
        // Nothing is held.
    }
}
