package io.tillstream.runtime;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One setting of every type. */
record ExampleSettings(
        @Setting(key = "kafka", doc = "Where the brokers are, and security.")
        KafkaSettings kafka,

        @Setting(key = "registry.url", doc = "Where the schema registry answers.")
        String registryUrl,

        @Setting(key = "http", doc = "The API.") Http http,

        @Setting(key = "dedupe.horizon", doc = "Business days.", unit = "days", def = "400", min = "1")
        long horizonDays,

        @Setting(key = "buffer", doc = "Memory of the producer.", unit = "bytes", def = "32MiB")
        long bufferBytes,

        @Setting(key = "share", doc = "Share sampled.", def = "0.5", min = "0", max = "1")
        double share,

        @Setting(key = "commit.interval", doc = "Commit.", def = "200ms", min = "10ms", max = "1m")
        Duration commit,

        @Setting(key = "state.directory", doc = "State.", def = "data/streams")
        Path stateDirectory,

        @Setting(key = "roles", doc = "What runs here.", def = "posting, detection")
        List<Role> roles,

        @Setting(key = "names", doc = "Names.", def = "") List<String> names,

        @Setting(key = "first.role", doc = "Begins.", def = "posting")
        Role firstRole,

        @Setting(key = "database.password", doc = "Password.")
        Optional<Secret> password) {

    enum Role {
        POSTING,
        DETECTION,
        DAY_CLOSE
    }

    record Http(
            @Setting(key = "address", doc = "Address.", def = "127.0.0.1")
            String address,

            @Setting(key = "port", doc = "Port, 0 for any.", def = "8080", min = "0", max = "65535")
            int port,

            @Setting(key = "port-max", doc = "Last port to try.", def = "65535")
            int portMax,

            @Setting(key = "compression", doc = "Compress | or not.", def = "true")
            boolean isCompressed) {
        Http {
            if (portMax < port) {
                throw new IllegalArgumentException("port-max is below port");
            }
        }
    }
}
