package io.tillstream.loadtests.bench.load;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import io.tillstream.embedded.Ports;
import io.tillstream.loadtests.bench.stage.BenchCluster;
import io.tillstream.loadtests.bench.stage.JvmPlan;
import io.tillstream.loadtests.bench.stage.JvmProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * A service in a JVM of its own, ready when it is here.
 *
 * @param port of its HTTP, operations included
 */
public record Server(JvmProcess process, int port) implements AutoCloseable {
    private static final Duration READY_MAX = Duration.ofSeconds(90);
    private static final long LOOK_NANOS = 100_000_000;
    private static final int OK = 200;

    /**
     * Starts it and waits until it is ready.
     *
     * @param portKey setting that takes the port
     * @param settings by key; the cluster's and the port are added
     */
    public static Server start(
            String name,
            Class<?> main,
            int heapMegabytes,
            BenchCluster cluster,
            Path directory,
            String portKey,
            Map<String, Object> settings) {
        int port = Ports.free();
        Map<String, Object> all = new LinkedHashMap<>(settings);
        all.put("kafka", cluster.kafka());
        all.put("registry.url", cluster.registryUrl());
        all.put(portKey, port);
        Path file = directory.resolve(name + ".conf");
        try {
            Files.writeString(file, ConfigFactory.parseMap(all).root().render(ConfigRenderOptions.concise()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Server server =
                new Server(JvmProcess.start(name, JvmPlan.of(main, heapMegabytes), directory, file.toString()), port);
        try {
            server.awaitReady(name);
            return server;
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private void awaitReady(String name) {
        HttpClient client = HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(2))
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        HttpRequest question = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        long giveUpAt = System.nanoTime() + READY_MAX.toNanos();
        String last = "no answer";
        while (System.nanoTime() < giveUpAt) {
            process.requireAlive();
            try {
                HttpResponse<String> answer = client.send(question, HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() == OK) {
                    return;
                }
                last = answer.body();
            } catch (IOException e) {
                last = e.toString(); // does not listen yet
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while " + name + " started", e);
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        throw new IllegalStateException(name + " was not ready within " + READY_MAX + ": " + last);
    }

    @Override
    public void close() {
        process.close();
    }
}
