package io.tillstream.local.command;

import io.tillstream.ledgersink.LedgerCommands;
import io.tillstream.ledgersink.reconciliation.Finding;
import io.tillstream.ledgersink.reconciliation.Invariant;
import io.tillstream.ledgersink.reconciliation.Verification;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tillstream verify}. */
@Command(
        name = "verify",
        description =
                "Check I1, I3, I4, I5 and I6 over the whole journal, the database and the files, and say where the"
                        + " first wrong place is. Nothing should be posted meanwhile.",
        mixinStandardHelpOptions = true)
public final class VerifyCommand implements Callable<Integer> {
    @Mixin
    private ConnectionOptions connection;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws SQLException {
        try (LedgerCommands commands = LedgerCommands.open(connection.load().ledger(), Clock.systemUTC())) {
            Verification found = commands.verify();
            PrintWriter out = spec.commandLine().getOut();
            out.printf(
                    "journal %,d entries, database %,d rows, %,d accounts, %d batches, %d files%n",
                    found.journalEntries(), found.databaseEntries(), found.accounts(), found.batches(), found.files());
            for (Invariant invariant : Invariant.values()) {
                long wrong = found.findingCounts().getOrDefault(invariant, 0L);
                out.println(invariant + (wrong == 0 ? " holds" : " is broken in " + wrong + " places"));
            }
            for (Finding finding : found.findings()) {
                out.println(finding);
            }
            return found.holds() ? 0 : CommandErrors.FAILED;
        }
    }
}
