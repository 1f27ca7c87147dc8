package io.tillstream.local.command;

import io.tillstream.local.dayfile.DayFileException;
import io.tillstream.local.yaml.InvalidFileException;
import io.tillstream.runtime.SettingsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** Says in words what went wrong: 2 for what the user has to change, 1 for what did not work. */
public final class CommandErrors implements CommandLine.IExecutionExceptionHandler {
    /** Something did not work, or does not hold. */
    public static final int FAILED = 1;

    /** The command, or a file it was given, is wrong. */
    public static final int WRONG_USE = 2;

    @Override
    public int handleExecutionException(Exception e, CommandLine commandLine, CommandLine.ParseResult parsed) {
        String command = commandLine.getCommandSpec().qualifiedName();
        commandLine.getErr().println(command + ": " + text(e));
        if (isUsersToMend(e)) {
            return WRONG_USE;
        }
        if (isUnexpected(e)) {
            LoggerFactory.getLogger(CommandErrors.class).error("{} failed", command, e);
        }
        return FAILED;
    }

    private static boolean isUsersToMend(Exception e) {
        return e instanceof SettingsException
                || e instanceof InvalidFileException
                || e instanceof DayFileException
                || e instanceof IllegalArgumentException
                || e instanceof NoSuchFileException;
    }

    /** Neither told in words by our code nor an error of input and output. */
    private static boolean isUnexpected(Exception e) {
        return !(e instanceof IllegalStateException || e instanceof IOException || e instanceof UncheckedIOException);
    }

    private static String text(Exception e) {
        if (e instanceof SettingsException settings) {
            return String.join(System.lineSeparator() + "  ", settings.problems());
        }
        if (e instanceof NoSuchFileException missing) {
            return missing.getFile() + ": there is no such file";
        }
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        Throwable cause = e.getCause();
        boolean causeAdds = cause != null && cause.getMessage() != null && !message.contains(cause.getMessage());
        return causeAdds ? message + ": " + cause.getMessage() : message;
    }
}
