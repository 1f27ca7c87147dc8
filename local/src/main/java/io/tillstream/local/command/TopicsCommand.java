package io.tillstream.local.command;

import io.tillstream.local.connection.ConnectionSettings;
import io.tillstream.schemas.Registries;
import io.tillstream.schemas.SchemaRegistration;
import io.tillstream.schemas.TopicPlan;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
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
        mixinStandardHelpOptions = true,
        subcommands = {TopicsCommand.Plan.class, TopicsCommand.Apply.class})
public final class TopicsCommand {
    private TopicsCommand() {}

    /** What both have. */
    abstract static class Topics implements Callable<Integer> {
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

        final ConnectionSettings settings() {
            return connection.load();
        }

        /** @return 1 if a step is not possible; then nothing has been changed */
        final int plan(ConnectionSettings settings, boolean apply) throws InterruptedException {
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

        final PrintWriter out() {
            return spec.commandLine().getOut();
        }
    }

    /** {@code tillstream topics plan}. */
    @Command(
            name = "plan",
            description = "Say what would have to change; 1 if something can't be.",
            mixinStandardHelpOptions = true)
    static final class Plan extends Topics {
        @Override
        public Integer call() throws InterruptedException {
            return plan(settings(), false);
        }
    }

    /** {@code tillstream topics apply}. */
    @Command(name = "apply", description = "Make it so, and register the schemas.", mixinStandardHelpOptions = true)
    static final class Apply extends Topics {
        @Override
        public Integer call() throws InterruptedException, IOException {
            ConnectionSettings settings = settings();
            int exitCode = plan(settings, true);
            if (exitCode == 0) {
                SchemaRegistration.apply(Registries.connect(settings.requiredRegistryUrl()))
                        .forEach(schema ->
                                out().println("schema  " + schema.subject() + " has id " + schema.schemaId()));
            }
            return exitCode;
        }
    }
}
