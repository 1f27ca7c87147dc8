package io.tillstream.ingest.http;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps requests out of the server's own log. Jetty warns of malformed requests with pieces of them (a host name that is none, a
 * path that failed), also of those that never reach our guard; so only its errors are logged, whatever the configuration says.
 */
final class ServerLog {
    private static final String SERVER = "org.eclipse.jetty";

    private ServerLog() {}

    static void keepRequestsOut() {
        if (LoggerFactory.getLogger(SERVER) instanceof Logger logger) {
            logger.setLevel(Level.ERROR);
            return;
        }
        throw new IllegalStateException("the log is not logback, so that what the server logs cannot be bounded");
    }
}
