package io.tillstream.local;

import io.tillstream.local.command.CloseCommand;
import io.tillstream.local.command.CommandErrors;
import io.tillstream.local.command.DemoCommand;
import io.tillstream.local.command.ImportCommand;
import io.tillstream.local.command.KeysCommand;
import io.tillstream.local.command.MintTokenCommand;
import io.tillstream.local.command.PasswordCommand;
import io.tillstream.local.command.ResetCommand;
import io.tillstream.local.command.ServiceCommands;
import io.tillstream.local.command.SuspendCommands;
import io.tillstream.local.command.TenantsCommand;
import io.tillstream.local.command.TopicsCommand;
import io.tillstream.local.command.VerifyCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands of Tillstream. */
@Command(
        name = "tillstream",
        description = "Counts every city payment exactly once, posts it double-entry and settles it to the cent.",
        version = "tillstream 0.1.0",
        mixinStandardHelpOptions = true,
        subcommands = {
            DemoCommand.class,
            ServiceCommands.IngestCommand.class,
            ServiceCommands.StreamsCommand.class,
            ServiceCommands.LedgerSinkCommand.class,
            ServiceCommands.ConsoleCommand.class,
            TopicsCommand.class,
            TenantsCommand.class,
            CloseCommand.class,
            VerifyCommand.class,
            ResetCommand.class,
            SuspendCommands.Suspend.class,
            SuspendCommands.Resume.class,
            ImportCommand.class,
            PasswordCommand.class,
            MintTokenCommand.class,
            KeysCommand.class
        })
public final class Tillstream {
    private Tillstream() {}

    /** Runs a command and ends the process with its exit code. */
    public static void main(String[] args) {
        int exitCode = commandLine().execute(args);
        System.exit(exitCode);
    }

    static CommandLine commandLine() {
        return new CommandLine(new Tillstream())
                .setExecutionExceptionHandler(new CommandErrors())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true);
    }
}
