package io.tillstream.embedded;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Apicurio Registry as a child process, spoken to by Confluent's API, with its schemas in topics of the given broker.
 *
 * <p>It keeps no state of its own: the topic {@code kafkasql-journal} is replayed into memory at each start. That topic
 * therefore must never lose a record, and is created here rather than left to the registry, which takes the broker's
 * default retention of a week.
 */
public final class EmbeddedRegistry implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedRegistry.class);
    private static final String COMPATIBILITY = "BACKWARD_TRANSITIVE";
    private static final Set<String> TOPICS = Set.of("kafkasql-journal", "kafkasql-snapshots", "registry-events");
    private static final Duration START_MAX = Duration.ofMinutes(2);
    private static final Duration STOP_MAX = Duration.ofSeconds(20);
    private static final Duration ANSWER_MAX = Duration.ofSeconds(10);
    private static final long POLL_NANOS = 50_000_000;

    private final ChildProcess process;
    private final String url;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(ANSWER_MAX)
            .build();

    private EmbeddedRegistry(ChildProcess process, int port) {
        this.process = process;
        this.url = "http://127.0.0.1:" + port + "/apis/ccompat/v7";
    }

    /**
     * Starts the registry, waits until it answers, and sets the global compatibility to BACKWARD_TRANSITIVE. A registry that
     * an earlier run left on this directory is stopped first.
     *
     * @param dataDirectory for the log file, the process id and the chosen port; the schemas are in Kafka
     * @param preferredPort 0 or a taken port mean: the port of the last run in this directory, else any free one
     * @throws IllegalStateException with the tail of its log where it does not come up
     */
    public static EmbeddedRegistry start(Path dataDirectory, String bootstrapServers, int preferredPort) {
        try {
            Path directory = Files.createDirectories(dataDirectory.toAbsolutePath());
            Path pidFile = directory.resolve("registry.pid");
            stopLeftover(pidFile, directory);
            createTopics(bootstrapServers);
            int port = new PortBook(directory).choose("registry", preferredPort);
            ChildProcess process = ChildProcess.start(
                    command(directory, bootstrapServers, port), Map.of(), directory.resolve("registry.log"), "TERM");
            Files.writeString(pidFile, Long.toString(process.pid()));
            EmbeddedRegistry registry = new EmbeddedRegistry(process, port);
            registry.awaitReady();
            registry.setCompatibility();
            return registry;
        } catch (IOException e) {
            throw new IllegalStateException("the schema registry in " + dataDirectory + " did not start", e);
        }
    }

    /** The root of the Confluent API, for example http://127.0.0.1:20816/apis/ccompat/v7. */
    public String url() {
        return url;
    }

    public long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.close();
    }

    private static List<String> command(Path directory, String bootstrapServers, int port) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add(mark(directory));
        command.addAll(
                List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError"));
        Map<String, String> settings = Map.of(
                "quarkus.http.host", "127.0.0.1",
                "quarkus.http.port", Integer.toString(port),
                "quarkus.http.access-log.enabled", "false",
                "apicurio.storage.kind", "kafkasql",
                "apicurio.kafkasql.bootstrap.servers", bootstrapServers,
                "apicurio.kafkasql.topic.auto-create", "false",
                // How long it waits for a snapshot at each start, 5 s by default, although there is none: see below.
                "apicurio.kafkasql.consumer.poll.timeout", "250",
                // A snapshot would be a file in /tmp that the next start depends on; replaying our few schemas takes no
                // time.
                "apicurio.kafkasql.snapshot.every.seconds", "off",
                "apicurio.storage.snapshot.location", directory.toString());
        settings.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(List.of("-jar", runnerJar().toString()));
        return command;
    }

    private static String mark(Path directory) {
        return "-Dtillstream.registry.data=" + directory;
    }

    private static Path runnerJar() throws IOException {
        Path home = Installation.of("registry");
        try (var files = Files.list(home)) {
            return files.filter(file -> file.toString().endsWith("-runner.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no *-runner.jar in " + home));
        }
    }

    private static void createTopics(String bootstrapServers) {
        Map<String, Object> client = Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        try (Admin admin = Admin.create(client)) {
            Set<String> existing = admin.listTopics().names().get(1, TimeUnit.MINUTES);
            List<NewTopic> missing = TOPICS.stream()
                    .filter(topic -> !existing.contains(topic))
                    .map(topic -> new NewTopic(topic, 1, (short) -1).configs(Map.of("retention.ms", "-1")))
                    .collect(Collectors.toList());
            admin.createTopics(missing).all().get(1, TimeUnit.MINUTES);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("cannot create the registry's topics on " + bootstrapServers, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while creating the registry's topics", e);
        }
    }

    private void awaitReady() {
        long giveUpAt = System.nanoTime() + START_MAX.toNanos();
        while (process.isAlive() && System.nanoTime() < giveUpAt) {
            if (answersSubjects()) {
                return;
            }
            // Polling, as the readiness of another process's HTTP server has no other sign.
            LockSupport.parkNanos(POLL_NANOS);
        }
        String state = process.isAlive() ? "did not answer within " + START_MAX : "ended with " + process.exitValue();
        process.close();
        throw new IllegalStateException("the schema registry " + state + ":\n" + process.logTail());
    }

    private boolean answersSubjects() {
        try {
            return send(HttpRequest.newBuilder(URI.create(url + "/subjects")).GET())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private void setCompatibility() throws IOException {
        String body = "{\"compatibility\":\"" + COMPATIBILITY + "\"}";
        HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(url + "/config"))
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .PUT(HttpRequest.BodyPublishers.ofString(body)));
        if (answer.statusCode() != 200) {
            close();
            throw new IllegalStateException("the schema registry refused the compatibility " + COMPATIBILITY + ": "
                    + answer.statusCode() + " " + answer.body());
        }
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        try {
            return http.send(request.timeout(ANSWER_MAX).build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking the schema registry", e);
        }
    }

    private static void stopLeftover(Path pidFile, Path directory) throws IOException {
        if (!Files.exists(pidFile)) {
            return;
        }
        String content = Files.readString(pidFile).trim();
        if (!content.isEmpty() && ChildProcess.isOurs(Long.parseLong(content), mark(directory))) {
            LOG.warn("stopping the schema registry that an earlier run left, process {}", content);
            ChildProcess.stopStale(Long.parseLong(content), "TERM", STOP_MAX);
        }
        Files.delete(pidFile);
    }
}
