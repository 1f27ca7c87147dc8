package io.tillstream.local.command;

import io.tillstream.local.connection.ConnectionSettings;
import io.tillstream.local.tenants.Suspensions;
import io.tillstream.schemas.Channel;
import io.tillstream.schemas.Registries;
import io.tillstream.schemas.Tender;
import java.time.Clock;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tillstream suspend} and {@code tillstream resume}. */
public final class SuspendCommands {
    private SuspendCommands() {}

    /** What both have. */
    abstract static class Switch implements Runnable {
        @Mixin
        private ConnectionOptions connection;

        @Option(names = "--tenant", required = true, description = "The city.")
        private String tenant;

        @Option(names = "--channel", description = "Only this channel: ${COMPLETION-CANDIDATES}.")
        private Channel channel;

        @Option(names = "--tender", description = "Only this tender: ${COMPLETION-CANDIDATES}.")
        private Tender tender;

        @Option(names = "--reason", required = true, description = "Told to the channel that asks.")
        private String reason;

        @Spec
        private CommandSpec spec;

        final void turn(boolean suspended) {
            ConnectionSettings settings = connection.load();
            new Suspensions(settings.kafka(), Registries.connect(settings.requiredRegistryUrl()), Clock.systemUTC())
                    .turn(tenant, Optional.ofNullable(channel), Optional.ofNullable(tender), suspended, reason);
            spec.commandLine()
                    .getOut()
                    .println(tenant
                            + (channel == null ? "" : " " + channel)
                            + (tender == null ? "" : " " + tender)
                            + (suspended ? " is suspended" : " takes payments again"));
        }
    }

    /** {@code tillstream suspend}. */
    @Command(
            name = "suspend",
            description = "Switch a city, channel or tender off at every ingest instance.",
            mixinStandardHelpOptions = true)
    public static final class Suspend extends Switch {
        @Override
        public void run() {
            turn(true);
        }
    }

    /** {@code tillstream resume}. */
    @Command(
            name = "resume",
            description = "Switch it on again; name channel and tender as when it was suspended.",
            mixinStandardHelpOptions = true)
    public static final class Resume extends Switch {
        @Override
        public void run() {
            turn(false);
        }
    }
}
