package io.tillstream.local.command;

import io.tillstream.local.client.ChannelKey;
import io.tillstream.local.client.IngestClient;
import io.tillstream.local.connection.ConnectionSettings;
import io.tillstream.local.dayfile.DayFileImport;
import io.tillstream.local.dayfile.ImportReport;
import io.tillstream.local.dayfile.LedgerOutcomes;
import io.tillstream.schemas.CredentialKind;
import io.tillstream.schemas.Registries;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tillstream import}. */
@Command(
        name = "import",
        description =
                "Import a day file of a counter, lockbox or kiosk. Importing it again changes nothing. A result file with"
                        + " a line for each row is written beside it. 1 if a row was refused or could not be used.",
        mixinStandardHelpOptions = true)
public final class ImportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "Day file (CSV with a header, UTF-8).")
    private Path file;

    @Option(names = "--tenant", required = true, description = "The city.")
    private String tenant;

    @Option(
            names = "--mapping",
            required = true,
            paramLabel = "FILE",
            description = "What the columns mean (YAML); docs/import.md.")
    private Path mapping;

    @Option(
            names = "--key",
            paramLabel = "ID",
            description = "Key of the channel. Default: the channel's name in lower case, as in the demo.")
    private String keyId;

    @Option(
            names = "--secret-file",
            paramLabel = "FILE",
            description = "The key's secret. Default: {tenant}-{key}.key in the demo's secrets.")
    private Path secretFile;

    @Option(
            names = "--hmac",
            description = "Sign requests instead of sending the secret. Default: as in the demo.",
            negatable = true)
    private Boolean hmac;

    @Option(names = "--ingest", paramLabel = "URL", description = "Ingest. Default: ingest.url of the settings.")
    private URI ingest;

    @Option(names = "--result", paramLabel = "FILE", description = "Result file. Default: beside FILE, .result.csv.")
    private Path result;

    @Option(
            names = "--no-follow",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description =
                    "Do not wait for what posting decides; then the result says only what ingest did, and only ingest is needed.")
    private boolean follow;

    @Mixin
    private ConnectionOptions connection;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        String channel = DayFileImport.channelOf(mapping).name().toLowerCase(Locale.ROOT);
        String key = keyId == null ? channel : keyId;
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
        IngestClient client = new IngestClient(http, ingestAddress(), Clock.systemUTC());
        Optional<LedgerOutcomes> ledger = follow ? Optional.of(ledger()) : Optional.empty();
        try {
            ImportReport report =
                    new DayFileImport(client, channelKey(key, channel), ledger).run(file, mapping, resultFile());
            report.print(spec.commandLine().getOut());
            spec.commandLine().getOut().println("row by row: " + resultFile());
            return report.complete() ? 0 : CommandErrors.FAILED;
        } finally {
            ledger.ifPresent(LedgerOutcomes::close);
        }
    }

    private LedgerOutcomes ledger() {
        ConnectionSettings settings = connection.load();
        return LedgerOutcomes.follow(settings.kafka(), Registries.connect(settings.requiredRegistryUrl()));
    }

    private URI ingestAddress() {
        return ingest != null ? ingest : URI.create(connection.load().requiredIngestUrl());
    }

    private ChannelKey channelKey(String key, String channel) throws IOException {
        Path secret = secretFile;
        if (secret == null) {
            ConnectionSettings settings = connection.load();
            secret = settings.secretsDirectory()
                    .orElseThrow(() -> new IllegalArgumentException("name the key's secret with --secret-file"))
                    .resolve(tenant + "-" + key + ".key");
        }
        boolean signs = hmac != null ? hmac : secretFile == null && (channel.equals("kiosk") || channel.equals("mail"));
        return new ChannelKey(
                tenant,
                key,
                signs ? CredentialKind.HMAC : CredentialKind.API_KEY,
                Files.readString(secret).strip());
    }

    private Path resultFile() {
        return result != null ? result : Path.of(file.toString().replaceFirst("\\.csv$", "") + ".result.csv");
    }
}
