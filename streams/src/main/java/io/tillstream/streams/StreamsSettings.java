package io.tillstream.streams;

import io.tillstream.runtime.KafkaSettings;
import io.tillstream.runtime.Setting;
import io.tillstream.streams.detection.DetectionRules;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Settings of the streams process. */
public record StreamsSettings(
        @Setting(key = "kafka", doc = "Settings of every Kafka client; bootstrap.servers is required.")
        KafkaSettings kafka,

        @Setting(key = "registry.url", doc = "The schema registry's Confluent API.")
        String registryUrl,

        @Setting(key = "roles", doc = "Which processors run in this process.", def = "POSTING, DETECTION, SETTLEMENT")
        List<StreamsRole> roles,

        @Setting(
                key = "state.directory",
                doc = "Where RocksDB state and checkpoints are kept; one process uses it at a time.")
        Path stateDirectory,

        @Setting(
                key = "posting.threads",
                doc = "Stream threads of posting; more than partitions are idle.",
                def = "1",
                min = "1",
                max = "256")
        int postingThreads,

        @Setting(
                key = "posting.hot.rows",
                doc =
                        "Rows of payments that each partition keeps in memory, of about 60 bytes; older ones go to files in the state"
                                + " directory. 0 keeps all in memory.",
                def = "0",
                min = "0",
                max = "1000000000")
        int postingHotRows,

        @Setting(
                key = "standby.replicas",
                doc = "Further processes that keep each partition's state warm, for a takeover without replay.",
                def = "0",
                min = "0",
                max = "10")
        int standbyReplicas,

        @Setting(
                key = "commit.interval",
                doc = "Time between transactions: what readers of committed entries wait for at most.",
                def = "200ms",
                min = "10ms",
                max = "30s")
        Duration commitInterval,

        @Setting(
                key = "internal.replication",
                doc = "Replicas of the topics that detection makes for itself; -1 takes the broker's default.",
                def = "-1",
                min = "-1",
                max = "10")
        int internalReplication,

        @Setting(key = "detection", doc = "Thresholds of card testing.")
        DetectionRules detection,

        @Setting(key = "ops.host", doc = "Address of health and metrics.", def = "127.0.0.1")
        String opsHost,

        @Setting(
                key = "ops.port",
                doc = "Port of health and metrics; 0 takes a free one.",
                def = "8081",
                min = "0",
                max = "65535")
        int opsPort) {
    public StreamsSettings {
        roles = List.copyOf(roles);
    }
}
