package io.tillstream.runtime;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The main method of every service: log, settings, start, wait for the signal, close. */
public final class ServiceMain {
    private static final int WRONG_USE = 2;
    private static final Duration CLOSING_LIMIT = Duration.ofSeconds(30);

    private ServiceMain() {}

    /**
     * Runs a service until it is told to stop. Ends the process with 2 if the settings cannot be used and with 1 if it
     * does not start or a thread dies of an exception that nothing caught: a broken invariant stops the process.
     *
     * @param args the path of the settings file, nothing else
     * @param start the module's composition, such as {@code Ingest::start}
     */
    public static <R extends Record> void run(
            String service, String[] args, Class<R> settingsType, Function<R, ? extends AutoCloseable> start) {
        Logging.start();
        R settings = settingsOrExit(service, args, settingsType);
        Logger log = LoggerFactory.getLogger(service);
        Thread.setDefaultUncaughtExceptionHandler((thread, e) -> {
            log.error("{} stops: thread {} died", service, thread.getName(), e);
            System.exit(1);
        });
        Shutdown shutdown = Shutdown.onSignal(CLOSING_LIMIT);
        shutdown.add(service, start.apply(settings));
        log.info("{} has started with {}", service, settings);
        waitFor(shutdown);
    }

    private static <R extends Record> R settingsOrExit(String service, String[] args, Class<R> type) {
        PrintStream err = System.err;
        if (args.length != 1) {
            err.println("usage: " + service + " SETTINGS-FILE");
            System.exit(WRONG_USE);
        }
        try {
            return Settings.load(type, Path.of(args[0]));
        } catch (SettingsException e) {
            err.println(service + " cannot start with " + args[0] + ":");
            e.problems().forEach(problem -> err.println("  " + problem));
            System.exit(WRONG_USE);
            throw e;
        }
    }

    private static void waitFor(Shutdown shutdown) {
        try {
            shutdown.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
