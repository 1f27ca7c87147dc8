package io.tillstream.local.command;

import io.tillstream.ledgersink.LedgerCommands;
import io.tillstream.ledgersink.closing.CloseResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tillstream close}. */
@Command(
        name = "close",
        description = "Close a city's open business date now; closing it again changes nothing.",
        mixinStandardHelpOptions = true)
public final class CloseCommand implements Callable<Integer> {
    @Mixin
    private ConnectionOptions connection;

    @Option(names = "--tenant", required = true, description = "The city.")
    private String tenant;

    @Option(names = "--date", required = true, paramLabel = "YYYY-MM-DD", description = "Its open business date.")
    private LocalDate date;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws SQLException, IOException {
        try (LedgerCommands commands = LedgerCommands.open(connection.load().ledger(), Clock.systemUTC())) {
            CloseResult result = commands.close(tenant, date);
            PrintWriter out = spec.commandLine().getOut();
            out.println(
                    switch (result) {
                        case CLOSED -> tenant + ": " + date + " is closed";
                        case ALREADY_CLOSED -> tenant + ": " + date + " was closed before; nothing changed";
                        case NEVER_OPEN ->
                            tenant + ": " + date
                                    + " was never open: before the city's first business date, or not of its calendar";
                        case TENANT_NOT_OPEN -> tenant + ": is not known to the ledger";
                        case NOT_YET_OPEN -> tenant + ": " + date + " is not open yet; earlier dates close first";
                    });
            return result == CloseResult.CLOSED || result == CloseResult.ALREADY_CLOSED ? 0 : CommandErrors.FAILED;
        }
    }
}
