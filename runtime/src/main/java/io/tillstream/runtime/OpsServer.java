package io.tillstream.runtime;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Health and metrics over HTTP for a process that has no other server. It has no authentication and shows no payment:
 * bind it to loopback or to a network that only operators reach.
 */
public final class OpsServer implements AutoCloseable {
    private static final int THREADS = 2;
    private static final int BACKLOG = 16;

    static {
        // Read once by the JDK's server: without them a silent client holds one of the few threads for ever.
        setUnlessSet("sun.net.httpserver.maxReqTime", "10");
        setUnlessSet("sun.net.httpserver.maxRspTime", "30");
    }

    private final HttpServer server;
    private final ExecutorService threads;

    private OpsServer(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /**
     * Serves {@code ops} from now on.
     *
     * @param host the address to bind, normally 127.0.0.1
     * @param port the port, or 0 for any free one
     * @throws UncheckedIOException if the port cannot be bound
     */
    public static OpsServer start(String host, int port, Ops ops) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(host, port), BACKLOG);
            AtomicInteger number = new AtomicInteger();
            ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
                Thread thread = new Thread(task, "ops-" + number.incrementAndGet());
                thread.setDaemon(true);
                return thread;
            });
            server.setExecutor(threads);
            server.createContext("/", exchange -> handle(exchange, ops));
            server.start();
            return new OpsServer(server, threads);
        } catch (IOException e) {
            throw new UncheckedIOException("health and metrics cannot be served on " + host + ":" + port, e);
        }
    }

    /** The port that is bound. */
    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static void handle(HttpExchange exchange, Ops ops) throws IOException {
        try (exchange) {
            if (!exchange.getRequestMethod().equals("GET")) {
                exchange.getResponseHeaders().set("Allow", "GET");
                send(exchange, new OpsAnswer(405, "text/plain", "GET only\n"));
                return;
            }
            OpsAnswer unknown = new OpsAnswer(404, "text/plain", "see /health/live, /health/ready, /metrics\n");
            send(exchange, ops.at(exchange.getRequestURI().getPath()).orElse(unknown));
        }
    }

    private static void send(HttpExchange exchange, OpsAnswer answer) throws IOException {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", answer.contentType());
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(answer.status(), body.length);
        exchange.getResponseBody().write(body);
    }

    private static void setUnlessSet(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
