package io.tillstream.local.command;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** {@code tillstream reset}: refuses, so that who looks for it learns why before taking Kafka's own tool. */
@Command(
        name = "reset",
        description = "Refuses to reset posting, and says what to do instead.",
        mixinStandardHelpOptions = true)
public final class ResetCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    /** Whatever else is asked for, the answer is the same. */
    @Unmatched
    private List<String> ignored;

    @Override
    public Integer call() {
        spec.commandLine().getErr().println("""
                        reset: refused. Posting's changelog is the journal, which is the ledger: Kafka's application-reset tool
                        would delete it with every *-changelog topic. Never run that tool on the application `ledger`.
                        Instead:
                          posting's state is doubtful    stop streams, delete its state.directory, start it: it restores from the journal
                          the database is doubtful       run `tillstream verify`; an empty database is filled from the journal by ledger-sink
                          the demo shall begin anew      stop it and delete its data directory, or name another one with --data""");
        return CommandErrors.FAILED;
    }
}
