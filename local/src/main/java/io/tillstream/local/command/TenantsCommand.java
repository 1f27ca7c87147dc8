package io.tillstream.local.command;

import io.tillstream.ingest.auth.ControlKeys;
import io.tillstream.local.connection.ConnectionSettings;
import io.tillstream.local.tenants.TenantEntry;
import io.tillstream.local.tenants.TenantsApplication;
import io.tillstream.local.tenants.TenantsFile;
import io.tillstream.schemas.Registries;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tillstream tenants}. */
@Command(name = "tenants", description = "The cities' configuration.", mixinStandardHelpOptions = true)
public final class TenantsCommand {
    @Spec
    private CommandSpec spec;

    @Command(
            name = "check",
            description = "Read a file of cities and tell every mistake with its line.",
            mixinStandardHelpOptions = true)
    int check(
            @Parameters(paramLabel = "FILE", description = "Cities (YAML); docs/tenants.md describes it.") Path file,
            @Option(
                            names = "--secrets",
                            paramLabel = "DIRECTORY",
                            description = "What secretFile is relative to. Default: the file's directory.")
                    Path secrets)
            throws IOException {
        List<TenantEntry> entries = TenantsFile.read(file, secretsDirectory(file, secrets));
        spec.commandLine().getOut().println(file + ": " + entries.size() + " tenants, no mistakes");
        return 0;
    }

    @Command(
            name = "apply",
            description = "Bring the cluster's cities to what a file says; the same file again changes nothing.",
            mixinStandardHelpOptions = true)
    int apply(
            @Mixin ConnectionOptions connection,
            @Parameters(paramLabel = "FILE", description = "Cities (YAML); docs/tenants.md describes it.") Path file,
            @Option(
                            names = "--secrets",
                            paramLabel = "DIRECTORY",
                            description = "What secretFile is relative to. Default: the file's directory.")
                    Path secrets,
            @Option(
                            names = "--control-keys",
                            paramLabel = "FILE",
                            description =
                                    "Keyset that seals HMAC secrets. Default: auth.control-keyset-file of the settings.")
                    Path controlKeys)
            throws IOException {
        ConnectionSettings settings = connection.load();
        List<TenantEntry> entries = TenantsFile.read(file, secretsDirectory(file, secrets));
        Optional<Path> keyset = Optional.ofNullable(controlKeys).or(settings::controlKeysetFile);
        TenantsApplication application = new TenantsApplication(
                settings.kafka(),
                Registries.connect(settings.requiredRegistryUrl()),
                keyset.map(TenantsCommand::open),
                Clock.systemUTC());
        for (TenantsApplication.Applied tenant : application.apply(entries)) {
            spec.commandLine()
                    .getOut()
                    .printf(
                            "%-10s %s%s%n",
                            tenant.change(),
                            tenant.record().getTenant(),
                            tenant.marked() ? " (posting has been told)" : "");
        }
        return 0;
    }

    private static Path secretsDirectory(Path file, Path secrets) {
        return secrets != null ? secrets : file.toAbsolutePath().getParent();
    }

    private static ControlKeys open(Path keyset) {
        try {
            return ControlKeys.open(keyset);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException("the control keyset " + keyset + " can't be used: " + e.getMessage(), e);
        }
    }
}
