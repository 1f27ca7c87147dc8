package io.tillstream.local.command;

import io.tillstream.console.ConsoleMain;
import io.tillstream.ingest.IngestMain;
import io.tillstream.ledgersink.LedgerSinkMain;
import io.tillstream.streams.StreamsMain;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** One service in this process, against a cluster that is there. Each ends with the signal that stops it. */
public final class ServiceCommands {
    private ServiceCommands() {}

    /** The option that every service has. */
    abstract static class Service implements Runnable {
        @Option(
                names = "--config",
                paramLabel = "FILE",
                required = true,
                description = "Settings (HOCON); docs/settings.md lists them.")
        private Path config;

        final String[] arguments() {
            return new String[] {config.toString()};
        }
    }

    /** {@code tillstream ingest}. */
    @Command(name = "ingest", description = "Take payment events in over HTTP.", mixinStandardHelpOptions = true)
    public static final class IngestCommand extends Service {
        @Override
        public void run() {
            IngestMain.main(arguments());
        }
    }

    /** {@code tillstream streams}. */
    @Command(
            name = "streams",
            description = "Post, watch for card testing, complete batches.",
            mixinStandardHelpOptions = true)
    public static final class StreamsCommand extends Service {
        @Override
        public void run() {
            StreamsMain.main(arguments());
        }
    }

    /** {@code tillstream ledger-sink}. */
    @Command(
            name = "ledger-sink",
            description = "Bring the journal into PostgreSQL, close days, write files.",
            mixinStandardHelpOptions = true)
    public static final class LedgerSinkCommand extends Service {
        @Override
        public void run() {
            LedgerSinkMain.main(arguments());
        }
    }

    /** {@code tillstream console}. */
    @Command(name = "console", description = "Serve the pages and the query API.", mixinStandardHelpOptions = true)
    public static final class ConsoleCommand extends Service {
        @Override
        public void run() {
            ConsoleMain.main(arguments());
        }
    }
}
