package io.tillstream.testcluster;

import com.github.dockerjava.api.DockerClient;
import io.tillstream.embedded.EmbeddedBroker;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.utility.DockerImageName;

/** What the container variants share: the images, the settings of a broker, stopping and starting the same container. */
final class Containers {

    static final DockerImageName KAFKA = DockerImageName.parse("apache/kafka:4.3.1");
    static final DockerImageName POSTGRES = DockerImageName.parse("postgres:15");

    private static final int STOP_SECONDS_MAX = 60;

    /**
     * Settings that only fit the embedded broker. In a container nobody ends the old registration, so that it must end by a
     * clean shutdown or, after a kill, by the usual 9 s.
     */
    private static final Set<String> EMBEDDED_ONLY = Set.of("controlled.shutdown.enable", "broker.session.timeout.ms");

    private Containers() {}

    /** Whether the tests run with the profile {@code containers}. */
    static boolean areWanted() {
        String cluster = System.getProperty("tillstream.cluster", "embedded");
        return switch (cluster) {
            case "embedded" -> false;
            case "containers" -> true;
            default ->
                throw new IllegalArgumentException(
                        "tillstream.cluster is " + cluster + ", expected is embedded or containers");
        };
    }

    /** Stops without removing: the same container with its data and its port starts again. */
    static void stop(String containerId) {
        docker().stopContainerCmd(containerId).withTimeout(STOP_SECONDS_MAX).exec();
    }

    static void start(String containerId) {
        docker().startContainerCmd(containerId).exec();
    }

    static DockerClient docker() {
        return DockerClientFactory.instance().client();
    }

    /** The embedded broker's settings as environment of the image apache/kafka, replaced and extended by the given ones. */
    static Map<String, String> brokerEnvironment(Map<String, String> settings) {
        Properties shared = new Properties();
        try (InputStream file = EmbeddedBroker.class.getResourceAsStream("broker.properties")) {
            shared.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        EMBEDDED_ONLY.forEach(shared::remove);
        shared.putAll(settings);
        Map<String, String> environment = new HashMap<>();
        shared.forEach((key, value) -> environment.put(variable((String) key), (String) value));
        return environment;
    }

    private static String variable(String setting) {
        return "KAFKA_"
                + setting.toUpperCase(Locale.ROOT)
                        .replace("_", "__")
                        .replace("-", "___")
                        .replace(".", "_");
    }
}
