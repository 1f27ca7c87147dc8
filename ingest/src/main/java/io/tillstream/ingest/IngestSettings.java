package io.tillstream.ingest;

import io.tillstream.ingest.cardguard.AccountFormats;
import io.tillstream.runtime.KafkaSettings;
import io.tillstream.runtime.Secret;
import io.tillstream.runtime.Setting;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The settings of ingest. */
public record IngestSettings(
        @Setting(key = "kafka", doc = "Kafka's client settings; bootstrap.servers is required.")
        KafkaSettings kafka,

        @Setting(key = "registry.url", doc = "Address of the schema registry (Confluent's API); asked at start only.")
        String registryUrl,

        @Setting(key = "http", doc = "The HTTP server.") Http http,

        @Setting(key = "publish", doc = "Writing to the broker.")
        Publish publish,

        @Setting(key = "idempotency", doc = "Keys that are remembered.")
        Idempotency idempotency,

        @Setting(key = "auth", doc = "Credentials.") Auth auth,
        @Setting(key = "limits", doc = "Limits.") Limits limits,

        @Setting(
                key = "source-hash.key",
                doc =
                        "Key of the hashes that replace network addresses and devices, at least 32 characters; the same on"
                                + " every instance, and for as long as sources shall be recognised.")
        Secret sourceHashKey,

        @Setting(
                key = "card-guard.account-formats",
                def = "",
                doc = "Forms of bill account numbers that a city has declared because they look like card numbers, as"
                        + " tenant=form with # for any digit; the first four digits must be written out.")
        List<String> accountFormats) {
    private static final int SOURCE_HASH_KEY_BYTES_MIN = 32;

    public IngestSettings {
        if (sourceHashKey.reveal().getBytes(StandardCharsets.UTF_8).length < SOURCE_HASH_KEY_BYTES_MIN) {
            throw new IllegalArgumentException(
                    "source-hash.key has fewer than " + SOURCE_HASH_KEY_BYTES_MIN + " characters");
        }
        AccountFormats.of(accountFormats);
    }

    /** The HTTP server. */
    public record Http(
            @Setting(key = "host", def = "127.0.0.1", doc = "Address to listen on; TLS ends in front of it.")
            String host,

            @Setting(
                    key = "port",
                    def = "8080",
                    min = "0",
                    max = "65535",
                    doc = "Port to listen on; 0 takes a free one.")
            int port,

            @Setting(key = "threads-max", def = "32", min = "4", max = "1000", doc = "Threads of the server.")
            int threadsMax,

            @Setting(key = "connections-max", def = "2000", min = "1", doc = "Connections at a time; more wait.")
            int connectionsMax,

            @Setting(
                    key = "idle-max",
                    def = "15s",
                    min = "1s",
                    max = "55s",
                    doc = "How long a connection may be silent.")
            Duration idleMax,

            @Setting(
                    key = "body-max",
                    def = "20s",
                    min = "1s",
                    max = "45s",
                    doc = "How long a body may take to arrive.")
            Duration bodyMax,

            @Setting(
                    key = "single-bytes-max",
                    def = "64KiB",
                    unit = "bytes",
                    min = "1KiB",
                    max = "512KiB",
                    doc = "Largest body of one event, and longest line of a batch.")
            int singleBytesMax,

            @Setting(
                    key = "batch-bytes-max",
                    def = "8MiB",
                    unit = "bytes",
                    min = "64KiB",
                    max = "64MiB",
                    doc = "Largest body of a batch.")
            int batchBytesMax,

            @Setting(key = "batch-lines-max", def = "10000", min = "1", max = "100000", doc = "Most lines of a batch.")
            int batchLinesMax,

            @Setting(key = "batches-max", def = "16", min = "1", doc = "Batches at a time; more are answered 503.")
            int batchesMax) {}

    /** Writing to the broker. */
    public record Publish(
            @Setting(
                    key = "delivery-max",
                    def = "5s",
                    min = "500ms",
                    max = "20s",
                    doc = "How long the broker may take to acknowledge an event; then 503.")
            Duration deliveryMax,

            @Setting(
                    key = "linger",
                    def = "5ms",
                    min = "0ms",
                    max = "200ms",
                    doc = "How long an event waits for others to be written with it.")
            Duration linger,

            @Setting(
                    key = "buffer-bytes",
                    def = "64MiB",
                    unit = "bytes",
                    min = "1MiB",
                    doc = "Memory for events on their way to the broker; when it is full: 503.")
            long bufferBytes,

            @Setting(
                    key = "in-flight-max",
                    def = "50000",
                    min = "1",
                    doc = "Events that wait for the broker at a time; more are answered 503.")
            int inFlightMax) {}

    /** Keys that are remembered. */
    public record Idempotency(
            @Setting(
                    key = "keys-max",
                    def = "500000",
                    min = "1",
                    doc = "Keys remembered at a time, about 250 bytes each.")
            int keysMax,

            @Setting(
                    key = "kept-for",
                    def = "24h",
                    min = "1s",
                    doc = "How long a key is remembered; posting recognises it far longer.")
            Duration keptFor) {}

    /** Credentials. */
    public record Auth(
            @Setting(
                    key = "clock-difference-max",
                    def = "300s",
                    min = "1s",
                    max = "1h",
                    doc = "How far the time of a signed request may be from ours.")
            Duration clockDifferenceMax,

            @Setting(
                    key = "control-keyset-file",
                    doc = "Keyset that opens the HMAC secrets on the topic tenants; without it only API keys work.")
            Optional<Path> controlKeysetFile) {}

    /** Limits. */
    public record Limits(
            @Setting(
                    key = "events-per-second",
                    def = "200",
                    min = "1",
                    doc = "Events a second of a tenant whose own limit is 0, on this instance.")
            int eventsPerSecond,

            @Setting(key = "event-burst", def = "400", min = "1", doc = "Burst of such a tenant.")
            int eventBurst,

            @Setting(
                    key = "tenant-tags-max",
                    def = "200",
                    min = "1",
                    doc = "Tenants with meters of their own; the others count together.")
            int tenantTagsMax) {}
}
