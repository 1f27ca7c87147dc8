package io.tillstream.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.clients.CommonClientConfigs;

/**
 * Kafka's own client settings as the file has them under one prefix ({@code kafka { bootstrap.servers = ... }}): where
 * the brokers are, security, sizes. Kafka checks them; {@link #with} guards what Tillstream's guarantees rest on.
 * Printing shows the keys only, because a password may be among the values.
 */
public final class KafkaSettings {
    private final Map<String, String> values;

    private KafkaSettings(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    /** @throws IllegalArgumentException if {@code bootstrap.servers} is not there or is empty */
    public static KafkaSettings of(Map<String, String> values) {
        String servers = values.getOrDefault(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, "");
        if (servers.isBlank()) {
            throw new IllegalArgumentException("bootstrap.servers is missing");
        }
        return new KafkaSettings(values);
    }

    public String bootstrapServers() {
        return values.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG);
    }

    /** The values as the file has them, unmodifiable. */
    public Map<String, String> asMap() {
        return values;
    }

    /**
     * The settings of one client: the file's, and those that the code decides (acks, isolation, guarantees, ids).
     *
     * @throws SettingsException if the file sets one of the decided keys to something else: it would be ignored, or
     *     would break a guarantee
     */
    public Map<String, Object> with(Map<String, ?> decided) {
        List<String> contradictions = new ArrayList<>();
        decided.forEach((key, value) -> {
            String wanted = values.get(key);
            if (wanted != null && !wanted.equals(Objects.toString(value))) {
                contradictions.add("kafka." + key + ": is decided by the program and cannot be set");
            }
        });
        if (!contradictions.isEmpty()) {
            throw new SettingsException(contradictions);
        }
        Map<String, Object> client = new TreeMap<>(values);
        client.putAll(decided);
        return client;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KafkaSettings that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return new TreeMap<>(values).keySet().toString();
    }
}
