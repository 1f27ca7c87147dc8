package io.tillstream.console;

import io.tillstream.runtime.KafkaSettings;
import io.tillstream.runtime.Secret;
import io.tillstream.runtime.Setting;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settings of the console, checked at start. */
public record ConsoleSettings(
        @Setting(
                key = "http.host",
                doc = "Address to bind; put a TLS proxy before any other than loopback.",
                def = "127.0.0.1")
        String host,

        @Setting(
                key = "http.port",
                doc = "Port of pages, API, health and metrics; 0 for any free one.",
                def = "8083",
                min = "0",
                max = "65535")
        int port,

        @Setting(
                key = "http.tls",
                doc =
                        "Whether browsers reach the console over HTTPS through a proxy: cookies are then marked Secure, and a browser's address is the last that X-Forwarded-For names.",
                def = "false")
        boolean tls,

        @Setting(key = "database", doc = "The database that the ledger sink writes.")
        Database database,

        @Setting(
                key = "kafka",
                doc = "Kafka's client settings; without them the overview has no rates of acceptance and no lags.")
        Optional<KafkaSettings> kafka,

        @Setting(key = "files.directory", doc = "Where the ledger sink releases settlement files.")
        Path filesDirectory,

        @Setting(key = "services", doc = "Services whose readiness the overview shows, each as name=address.", def = "")
        List<String> services,

        @Setting(
                key = "users",
                doc =
                        "Who may sign in, each as name:tenants:hash; tenants is * or ids with spaces between; hash is made by `tillstream hash-password`.",
                def = "")
        List<Secret> users,

        @Setting(
                key = "tokens",
                doc =
                        "Tokens of the query API, each as name:tenants:hash; hash is the token's SHA-256, made by `tillstream mint-token`.",
                def = "")
        List<Secret> tokens,

        @Setting(
                key = "session.idle",
                doc = "A session without a request for so long ends; pages that refresh themselves do not count.",
                def = "1h",
                min = "1m",
                max = "24h")
        Duration sessionIdle,

        @Setting(
                key = "session.lifetime",
                doc = "A session ends after so long, used or not.",
                def = "12h",
                min = "1m",
                max = "7d")
        Duration sessionLifetime,

        @Setting(
                key = "overview.refresh",
                doc = "How often open overviews are brought up to date.",
                def = "1s",
                min = "200ms",
                max = "1m")
        Duration refresh) {

    /**
     * Where the database is.
     *
     * @param url JDBC
     * @param user a login that is a member of {@code role}
     * @param role the role that row-level security holds for
     */
    public record Database(
            @Setting(key = "url", doc = "JDBC URL of the database.")
            String url,

            @Setting(key = "user", doc = "Login; a member of database.role.")
            String user,

            @Setting(key = "password", doc = "Its password, if it has one.")
            Optional<Secret> password,

            @Setting(
                    key = "role",
                    doc = "Role that queries run as; row-level security must hold for it.",
                    def = "tillstream_reader")
            String role,

            @Setting(key = "connections", doc = "Most connections held.", def = "8", min = "2", max = "100")
            int connections) {}

    public ConsoleSettings {
        services = List.copyOf(services);
        users = List.copyOf(users);
        tokens = List.copyOf(tokens);
        if (sessionIdle.compareTo(sessionLifetime) > 0) {
            throw new IllegalArgumentException("session.idle is longer than session.lifetime");
        }
        addresses(services);
        users.forEach(Credential::of);
        tokens.forEach(Credential::of);
    }

    /** The services' addresses by name, in the order of the file. */
    Map<String, URI> serviceAddresses() {
        return addresses(services);
    }

    private static Map<String, URI> addresses(List<String> services) {
        Map<String, URI> addresses = new LinkedHashMap<>();
        for (String service : services) {
            String[] parts = service.split("=", 2);
            if (parts.length != 2 || !parts[0].matches("[a-z0-9-]{1,40}") || !parts[1].matches("https?://[^\\s]+")) {
                throw new IllegalArgumentException("services: " + service + " is not name=http://address");
            }
            addresses.put(parts[0], URI.create(parts[1]));
        }
        return addresses;
    }

    /**
     * A line of {@code users} or {@code tokens}.
     *
     * @param tenants ids, or only {@code *}
     */
    record Credential(String name, List<String> tenants, String hash) {
        static Credential of(Secret line) {
            String[] parts = line.reveal().split(":", 3);
            if (parts.length != 3 || parts[1].isBlank()) {
                throw new IllegalArgumentException("a line of users or tokens is not name:tenants:hash");
            }
            return new Credential(parts[0].strip(), List.of(parts[1].strip().split(" +")), parts[2].strip());
        }

        /** Without the hash. */
        @Override
        public String toString() {
            return "Credential[name=" + name + ", tenants=" + tenants + "]";
        }
    }
}
