package io.tillstream.local.command;

import io.tillstream.console.access.Passwords;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tillstream password}: the hash for {@code users} in the console's settings. */
@Command(
        name = "password",
        aliases = "hash-password",
        description = "Read a password from the terminal and print its hash for the console's users.",
        mixinStandardHelpOptions = true)
public final class PasswordCommand implements Callable<Integer> {
    @Option(names = "--stdin", description = "Take the first line of standard input.")
    private boolean fromStandardInput;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        char[] password = fromStandardInput ? firstLine() : fromTerminal();
        spec.commandLine().getOut().println(Passwords.hash(password));
        return 0;
    }

    private static char[] fromTerminal() {
        return Optional.ofNullable(System.console())
                .orElseThrow(() -> new IllegalArgumentException("there is no terminal; use --stdin"))
                .readPassword("Password: ");
    }

    private static char[] firstLine() throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String line = in.readLine();
        if (line == null) {
            throw new IllegalArgumentException("expected the password on standard input");
        }
        return line.toCharArray();
    }
}
