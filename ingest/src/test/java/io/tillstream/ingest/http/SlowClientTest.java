package io.tillstream.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tillstream.ingest.intake.Bodies;
import io.tillstream.ingest.publish.FakePublisher;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Threads belong to requests that make progress: clients that are slow to send, or wait for the broker, hold none. */
class SlowClientTest {
    private static final int SLOW_CLIENTS = 4 * RunningServer.THREADS_MAX;

    @Test
    void shouldServeOthersWhenManyClientsSendHalfABody() throws Exception {
        try (RunningServer server = RunningServer.start()) {
            List<Socket> slow = new ArrayList<>();
            for (int i = 0; i < SLOW_CLIENTS; i++) {
                slow.add(sendHalf(server, "slow-" + i));
            }

            assertThat(server.pay("key-1", Bodies.SHORT).statusCode()).isEqualTo(202);
            for (Socket socket : slow) {
                assertThat(sendRest(socket)).startsWith("HTTP/1.1 202");
            }
        }
    }

    @Test
    void shouldServeOthersWhenManyWaitForTheBroker() throws Exception {
        try (RunningServer server = RunningServer.start()) {
            server.publisher.mode(FakePublisher.Mode.HOLD);
            List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
            for (int i = 0; i < SLOW_CLIENTS; i++) {
                waiting.add(server.sendAsync(server.payment("key-" + i, Bodies.SHORT)));
            }
            await().until(() -> server.publisher.heldCount() == SLOW_CLIENTS);

            assertThat(server.send(server.request("/health/live").GET()).statusCode())
                    .isEqualTo(200);
            server.publisher.tellHeld(true);
            assertThat(waiting)
                    .allSatisfy(answer -> assertThat(answer.join().statusCode()).isEqualTo(202));
        }
    }

    @Test
    void shouldAnswerWhatHasBeenTakenWhenItIsStopped() {
        RunningServer server = RunningServer.start();
        int port = server.port();
        server.publisher.mode(FakePublisher.Mode.HOLD);
        CompletableFuture<HttpResponse<String>> taken = server.sendAsync(server.payment("key-1", Bodies.SHORT));
        await().until(() -> server.publisher.heldCount() == 1);

        CompletableFuture<Void> stopping = CompletableFuture.runAsync(server::close);
        await().until(() -> refusesConnections(port));
        server.publisher.tellHeld(true);

        assertThat(taken.join().statusCode()).isEqualTo(202);
        stopping.join();
    }

    @Test
    void shouldGiveUpAClientThatStopsSending() throws Exception {
        try (RunningServer server = RunningServer.startImpatient();
                Socket socket = sendHalf(server, "key-1")) {
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

            assertThat(answer).startsWith("HTTP/1.1 408").contains("TIMEOUT");
            assertThat(server.publisher.events()).isEmpty();
        }
    }

    private static boolean refusesConnections(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return !socket.isConnected();
        } catch (ConnectException e) {
            return true;
        }
    }

    private static Socket sendHalf(RunningServer server, String key) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(10_000);
        String head = "POST /v1/payments HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nAuthorization: "
                + RunningServer.bearer("web") + "\r\nIdempotency-Key: " + key
                + "\r\nConnection: close\r\nContent-Length: "
                + Bodies.SHORT.length() + "\r\n\r\n";
        write(socket, head + Bodies.SHORT.substring(0, 10));
        return socket;
    }

    private static String sendRest(Socket socket) throws IOException {
        try (socket) {
            write(socket, Bodies.SHORT.substring(10));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }
}
