package io.tillstream.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A client that still sends while it is refused gets its answer: the connection is not reset under it. */
class ReadOutTest {
    private static final String PIECE = "x".repeat(1024);
    private static final String CARD = "4111111111111111";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /v1/payments       | 60  | Authorization: Bearer none                            | 401
            /v1/payments       | 60  | Content-Type: text/plain                              | 415
            /v1/payments       | 300 | X: y                                                  | 413
            /v1/payments:batch | 200 | Authorization: Bearer none                            | 401
            /v1/payments:batch | 400 | X: y                                                  | 413
            /none              | 60  | X: y                                                  | 404
            """)
    void shouldAnswerWhenBodyIsSentLate(String path, int pieces, String header, int status) throws Exception {
        try (RunningServer server = RunningServer.start();
                Socket socket = connect(server)) {
            write(socket, head(path, header, "Content-Length: " + pieces * PIECE.length()));
            sendRest(server, socket, pieces);

            assertThat(firstLine(socket)).startsWith("HTTP/1.1 " + status);
        }
    }

    @Test
    void shouldAnswerACardNumberInAHeaderWhenBodyIsSentLate() throws Exception {
        try (RunningServer server = RunningServer.start();
                Socket socket = connect(server)) {
            write(socket, head("/v1/payments", "X-Ref: " + CARD, "Content-Length: " + 60 * PIECE.length()));
            await().until(() -> !server.publisher.findings().isEmpty());
            sendRest(server, socket, 60);

            assertThat(firstLine(socket)).startsWith("HTTP/1.1 422");
        }
    }

    @Test
    void shouldAnswerAtOnceWhenAskedWhetherToSend() throws Exception {
        try (RunningServer server = RunningServer.start();
                Socket socket = connect(server)) {
            write(socket, head("/v1/payments", "Expect: 100-continue", "Content-Length: 100000"));

            assertThat(firstLine(socket)).startsWith("HTTP/1.1 413");
        }
    }

    @Test
    void shouldAnswerInTheMiddleOfABodyWithoutEnd() throws Exception {
        try (RunningServer server = RunningServer.start();
                Socket socket = connect(server)) {
            write(socket, head("/v1/payments", "Content-Type: application/json", "Content-Length: 100000000"));
            for (int piece = 0; piece < 513; piece++) {
                write(socket, PIECE);
            }

            assertThat(firstLine(socket)).startsWith("HTTP/1.1 413");
        }
    }

    /** Another request has been answered meanwhile, so that this one's head has long been read. */
    private static void sendRest(RunningServer server, Socket socket, int pieces) throws Exception {
        assertThat(server.send(server.request("/health/live").GET()).statusCode())
                .isEqualTo(200);
        for (int piece = 0; piece < pieces; piece++) {
            write(socket, PIECE);
        }
    }

    private static String head(String path, String... headers) {
        return "POST " + path + " HTTP/1.1\r\nHost: x\r\n" + String.join("\r\n", headers) + "\r\n"
                + (String.join("", headers).contains("Content-Type") ? "" : "Content-Type: " + mediaType(path) + "\r\n")
                + "\r\n";
    }

    private static String mediaType(String path) {
        return path.endsWith(":batch") ? Answers.NDJSON : Answers.JSON;
    }

    private static Socket connect(RunningServer server) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static void write(Socket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private static String firstLine(Socket socket) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = socket.getInputStream().read();
                next >= 0 && next != '\r';
                next = socket.getInputStream().read()) {
            line.append((char) next);
        }
        return line.toString();
    }
}
