package io.tillstream.local.command;

import io.tillstream.local.connection.ConnectionSettings;
import io.tillstream.local.tenants.Suspensions;
import io.tillstream.schemas.Channel;
import io.tillstream.schemas.Registries;
import io.tillstream.schemas.Suspension;
import io.tillstream.schemas.Tender;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tillstream suspend} and {@code tillstream resume}. */
public final class SuspendCommands {
    private SuspendCommands() {}

    /** What both have. */
    abstract static class Switch implements Callable<Integer> {
        @Mixin
        private ConnectionOptions connection;

        @Option(names = "--tenant", required = true, description = "The city.")
        private String tenant;

        @Option(names = "--channel", description = "Only this channel: ${COMPLETION-CANDIDATES}.")
        private Channel channel;

        @Option(names = "--tender", description = "Only this tender: ${COMPLETION-CANDIDATES}.")
        private Tender tender;

        @Spec
        private CommandSpec spec;

        final Suspensions suspensions() {
            ConnectionSettings settings = connection.load();
            return new Suspensions(
                    settings.kafka(), Registries.connect(settings.requiredRegistryUrl()), Clock.systemUTC());
        }

        final Suspensions.Scope scope() {
            return new Suspensions.Scope(tenant, Optional.ofNullable(channel), Optional.ofNullable(tender));
        }

        final String scopeInWords() {
            return inWords(tenant, channel == null ? "" : channel.name(), tender == null ? "" : tender.name());
        }

        final PrintWriter out() {
            return spec.commandLine().getOut();
        }

        final PrintWriter err() {
            return spec.commandLine().getErr();
        }

        static String inWords(String tenant, String channel, String tender) {
            return tenant + (channel.isEmpty() ? "" : " " + channel) + (tender.isEmpty() ? "" : " " + tender);
        }
    }

    /** {@code tillstream suspend}. */
    @Command(
            name = "suspend",
            description = "Switch a city, channel or tender off at every ingest instance.",
            mixinStandardHelpOptions = true)
    public static final class Suspend extends Switch {
        @Option(
                names = "--reason",
                description = "Told to the channel that asks. Default: ${DEFAULT-VALUE}.",
                defaultValue = "suspended by the operator")
        private String reason;

        @Override
        public Integer call() {
            suspensions().suspend(scope(), reason);
            out().println(scopeInWords() + " is suspended");
            return 0;
        }
    }

    /** {@code tillstream resume}. */
    @Command(
            name = "resume",
            description =
                    "Switch it on again; name channel and tender as when it was suspended. Says what of the city stays"
                            + " suspended; fails if nothing was suspended by just these names.",
            mixinStandardHelpOptions = true)
    public static final class Resume extends Switch {
        @Option(
                names = "--reason",
                description = "Kept with the record. Default: ${DEFAULT-VALUE}.",
                defaultValue = "resumed by the operator")
        private String reason;

        @Override
        public Integer call() {
            Suspensions.Resumption resumption = suspensions().resume(scope(), reason);
            if (!resumption.resumed()) {
                err().println("resume: no suspension of just " + scopeInWords() + " is in force; nothing changed");
                tellInForce(err(), resumption.inForce());
                return CommandErrors.FAILED;
            }
            boolean all = resumption.inForce().isEmpty();
            out().println(scopeInWords() + (all ? " takes payments again" : ": this suspension has ended"));
            tellInForce(out(), resumption.inForce());
            return 0;
        }

        private static void tellInForce(PrintWriter to, List<Suspension> inForce) {
            for (Suspension suspension : inForce) {
                to.println("still suspended: "
                        + inWords(suspension.getTenant(), suspension.getChannel(), suspension.getTender()) + " since "
                        + suspension.getSince() + ": " + suspension.getReason());
            }
        }
    }
}
