package io.tillstream.local.command;

import io.tillstream.ingest.auth.ApiKeys;
import io.tillstream.ingest.auth.ControlKeys;
import io.tillstream.local.tenants.Secrets;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tillstream keys}: secrets, made on this machine. */
@Command(name = "keys", description = "Make keys and secrets.", mixinStandardHelpOptions = true)
public final class KeysCommand {
    @Spec
    private CommandSpec spec;

    @Command(
            name = "control",
            description = "Make the keyset that seals HMAC secrets; ingest and `tenants apply` need it.",
            mixinStandardHelpOptions = true)
    int control(@Parameters(paramLabel = "FILE", description = "New file, for its owner only.") Path file)
            throws IOException, GeneralSecurityException {
        try {
            ControlKeys.create(file);
        } catch (FileAlreadyExistsException e) {
            throw new IllegalArgumentException(file + " is there already; what is sealed with it needs it", e);
        }
        out().println(file + ": keep it where only ingest and those who apply tenants can read it");
        return 0;
    }

    @Command(
            name = "new",
            description =
                    "Make the secret of an API key or HMAC key for `secretFile`, and print its hash for `secretHash`.",
            mixinStandardHelpOptions = true)
    int create(@Parameters(paramLabel = "FILE", description = "New file, for its owner only.") Path file)
            throws IOException {
        String secret = ApiKeys.newSecret(new SecureRandom());
        try {
            Secrets.write(file, secret);
        } catch (FileAlreadyExistsException e) {
            throw new IllegalArgumentException(file + " is there already", e);
        }
        out().println("secretHash  " + ApiKeys.hash(secret));
        return 0;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
