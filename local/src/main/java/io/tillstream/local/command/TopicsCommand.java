package io.tillstream.local.command;

import io.tillstream.local.connection.ConnectionSettings;
import io.tillstream.schemas.Registries;
import io.tillstream.schemas.SchemaRegistration;
import io.tillstream.schemas.TopicPlan;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tillstream topics}: topics and schemas as code. */
@Command(
        name = "topics",
        description = "Show or make the topics and schemas that Tillstream needs.",
        mixinStandardHelpOptions = true)
public final class TopicsCommand {
    @Mixin
    private ConnectionOptions connection;

    @Option(
            names = "--partitions",
            defaultValue = "4",
            description =
                    "Partitions of payments.events and the journal; they can't be changed later. Default: ${DEFAULT-VALUE}.")
    private int partitions;

    @Option(
            names = "--replication",
            defaultValue = "1",
            description = "Replicas of every topic; from 3 on, two must be in sync. Default: ${DEFAULT-VALUE}.")
    private int replication;

    @Spec
    private CommandSpec spec;

    @Command(
            name = "plan",
            description = "Say what would have to change; 1 if something can't be.",
            mixinStandardHelpOptions = true)
    int plan() throws InterruptedException {
        return withAdmin(connection.load(), false);
    }

    @Command(name = "apply", description = "Make it so, and register the schemas.", mixinStandardHelpOptions = true)
    int apply() throws InterruptedException, IOException {
        ConnectionSettings settings = connection.load();
        int exitCode = withAdmin(settings, true);
        if (exitCode == 0) {
            List<SchemaRegistration.Registered> registered =
                    SchemaRegistration.apply(Registries.connect(settings.requiredRegistryUrl()));
            registered.forEach(schema -> out().println("schema  " + schema.subject() + " has id " + schema.schemaId()));
        }
        return exitCode;
    }

    private int withAdmin(ConnectionSettings settings, boolean apply) throws InterruptedException {
        try (Admin admin = Admin.create(settings.kafka().with(Map.of()))) {
            TopicPlan plan = TopicPlan.of(admin, partitions, replication);
            for (TopicPlan.Step step : plan.steps()) {
                out().println((step.error() ? "ERROR   " : "topic   ")
                        + step.topic().topicName() + ": " + step.action());
            }
            if (plan.steps().isEmpty()) {
                out().println("topics  all as they should be");
            }
            if (plan.steps().stream().anyMatch(TopicPlan.Step::error)) {
                return CommandErrors.FAILED;
            }
            if (apply) {
                plan.apply(admin);
            }
            return 0;
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "the brokers did not answer: " + e.getCause().getMessage(), e);
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
