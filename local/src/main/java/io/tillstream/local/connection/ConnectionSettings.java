package io.tillstream.local.connection;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigUtil;
import io.tillstream.ledgersink.LedgerSinkSettings;
import io.tillstream.runtime.KafkaSettings;
import io.tillstream.runtime.Secret;
import io.tillstream.runtime.Setting;
import io.tillstream.runtime.Settings;
import io.tillstream.runtime.SettingsException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where a cluster is, as far as a command needs it. */
public record ConnectionSettings(
        @Setting(key = "kafka", doc = "Kafka's client settings; bootstrap.servers is required.")
        KafkaSettings kafka,

        @Setting(key = "registry.url", doc = "The schema registry's Confluent API.")
        Optional<String> registryUrl,

        @Setting(key = "database.url", doc = "JDBC URL of the ledger's PostgreSQL.")
        Optional<String> databaseUrl,

        @Setting(key = "database.user", doc = "A login that may take the role tillstream_writer.")
        Optional<String> databaseUser,

        @Setting(key = "database.password", doc = "Its password, if it has one.")
        Optional<Secret> databasePassword,

        @Setting(key = "files.directory", doc = "Where the ledger sink releases settlement files.")
        Optional<Path> filesDirectory,

        @Setting(key = "calendar.file", doc = "The ledger sink's own bank dates.")
        Optional<Path> calendarFile,

        @Setting(key = "auth.control-keyset-file", doc = "Keyset that seals HMAC secrets.")
        Optional<Path> controlKeysetFile,

        @Setting(key = "secrets.directory", doc = "Secrets of the channels' keys, {tenant}-{key id}.key.")
        Optional<Path> secretsDirectory,

        @Setting(key = "ingest.url", doc = "An ingest instance.")
        Optional<String> ingestUrl,

        @Setting(key = "console.url", doc = "The console.") Optional<String> consoleUrl) {

    private static final List<String> PATHS = List.of(
            "kafka",
            "registry.url",
            "database.url",
            "database.user",
            "database.password",
            "files.directory",
            "calendar.file",
            "auth.control-keyset-file",
            "secrets.directory",
            "ingest.url",
            "console.url");

    /**
     * Takes from a settings file what stands here, and leaves the file's other keys alone.
     *
     * @param overriding keys that win over the file's
     * @throws SettingsException if the file can't be read or a setting in it can't be used
     */
    public static ConnectionSettings load(Optional<Path> file, Map<String, String> overriding) {
        Config config = file.map(path -> Settings.parse(path, System.getenv())).orElseGet(ConfigFactory::empty);
        Config known = ConfigFactory.empty();
        for (String path : PATHS) {
            known = config.hasPath(path) ? known.withValue(path, config.getValue(path)) : known;
        }
        return Settings.load(ConnectionSettings.class, overriding(overriding).withFallback(known));
    }

    /** The registry's address. @throws IllegalArgumentException if nobody named it */
    public String requiredRegistryUrl() {
        return required(registryUrl, "registry.url");
    }

    /** An ingest address. @throws IllegalArgumentException if nobody named it */
    public String requiredIngestUrl() {
        return required(ingestUrl, "ingest.url");
    }

    /** What the ledger's commands need, as settings of the ledger sink. @throws IllegalArgumentException if something is missing */
    public LedgerSinkSettings ledger() {
        Map<String, Object> values = new LinkedHashMap<>();
        kafka.asMap().forEach((key, value) -> values.put("kafka." + ConfigUtil.quoteString(key), value));
        values.put("registry.url", requiredRegistryUrl());
        values.put("database.url", required(databaseUrl, "database.url"));
        values.put("database.user", required(databaseUser, "database.user"));
        databasePassword.ifPresent(password -> values.put("database.password", password.reveal()));
        values.put(
                "files.directory", required(filesDirectory, "files.directory").toString());
        // The next business date must be the one that the sink itself would name.
        calendarFile.ifPresent(file -> values.put("calendar.file", file.toString()));
        return Settings.load(LedgerSinkSettings.class, ConfigFactory.parseMap(values));
    }

    private static Config overriding(Map<String, String> values) {
        Map<String, String> present = new LinkedHashMap<>(values);
        String servers = present.remove("kafka.bootstrap.servers");
        if (servers != null) {
            present.put("kafka.\"bootstrap.servers\"", servers);
        }
        return ConfigFactory.parseMap(present);
    }

    private static <T> T required(Optional<T> setting, String key) {
        return setting.orElseThrow(() ->
                new IllegalArgumentException(key + " is missing; name it in the file of --config or as an option"));
    }
}
