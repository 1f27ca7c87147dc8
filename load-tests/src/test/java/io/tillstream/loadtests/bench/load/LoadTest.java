package io.tillstream.loadtests.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A load against a server with one thread. */
class LoadTest {
    private static final int ACCEPTED = 202;
    private static final int LIMITED = 429;
    private static final int PER_SECOND = 200;
    private static final int SECONDS = 2;
    private static final long STALL_NANOS = 700_000_000L;

    private final Set<String> keys = ConcurrentHashMap.newKeySet();
    private final AtomicInteger requests = new AtomicInteger();
    private HttpServer server;
    private int stalledRequest = -1;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/payments", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    /** Every third is refused. */
    private void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        keys.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
        int number = requests.getAndIncrement();
        if (number == stalledRequest) {
            stall();
        }
        exchange.sendResponseHeaders(number % 3 == 2 ? LIMITED : ACCEPTED, -1);
        exchange.close();
    }

    private static void stall() {
        long until = System.nanoTime() + STALL_NANOS;
        while (System.nanoTime() - until < 0) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
    }

    @Test
    void shouldCountEveryAnswerOfAnOpenLoop() throws IOException {
        Load load = new Load(settings(PER_SECOND));
        load.run();
        JsonNode found = found(load);
        long accepted = found.at("/eventsByStatus/202").asLong();
        long limited = found.at("/eventsByStatus/429").asLong();
        assertThat(accepted + limited).isEqualTo(requests.get()).isBetween(399L, 401L);
        assertThat(keys).hasSize(requests.get());
        assertThat(load.log().acceptedCount()).isEqualTo((int) accepted);
        assertThat(found.get("brokenRequests").asLong()
                        + found.get("unsentEvents").asLong())
                .isZero();
    }

    @Test
    void shouldCountWaitingFromTheMomentARequestWasDue() throws IOException {
        stalledRequest = PER_SECOND * SECONDS / 2;
        Load load = new Load(settings(PER_SECOND));
        load.run();
        JsonNode found = found(load);
        // While the server stalls, a third of a second's requests and more become due: each of them waits.
        assertThat(found.at("/acceptedMillisFromDue/p99").asDouble()).isGreaterThan(500);
        assertThat(found.at("/acceptedMillisFromDue/count").asLong()).isGreaterThan(PER_SECOND);
        assertThat(found.at("/acceptedMillisFromSent/p50").asDouble())
                .isLessThan(found.at("/acceptedMillisFromDue/p99").asDouble());
    }

    @Test
    void shouldSendAsFastAsIsAnsweredInAClosedLoop() throws IOException {
        Load load = new Load(settings(0));
        load.run();
        assertThat(found(load).at("/sentEvents").asLong())
                .isEqualTo(requests.get())
                .isGreaterThan(PER_SECOND);
    }

    private LoadSettings settings(double perSecond) {
        return new LoadSettings(server.getAddress().getPort(), 0, perSecond, 4, 3, "t-", 0, SECONDS, 5_000, ".");
    }

    private static JsonNode found(Load load) {
        return new ObjectMapper().valueToTree(load.tally().asMap());
    }
}
