package io.tillstream.loadtests.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HttpAnswerTest {
    private static final String SINGLE = "HTTP/1.1 202 Accepted\r\nContent-Type: application/json\r\n"
            + "Content-Length: 21\r\n\r\n{\"status\":\"ACCEPTED\"}";
    private static final String BATCH = String.join(
            "\r\n",
            "HTTP/1.1 200 OK",
            "Transfer-Encoding: chunked",
            "",
            "f",
            "{\"line\":1,\"stat",
            "1c",
            "us\":202,\"x\":1}\n{\"line\":2,\"st",
            "1f",
            "atus\":429}\n{\"line\":3,\"status\":5",
            "4",
            "03}\n",
            "0",
            "",
            "");

    @Test
    void shouldEndWithItsLengthHoweverItArrives() {
        HttpAnswer answer = new HttpAnswer();
        for (int i = 0; i < SINGLE.length() - 1; i++) {
            assertThat(take(answer, SINGLE.substring(i, i + 1))).isFalse();
        }
        assertThat(take(answer, SINGLE.substring(SINGLE.length() - 1))).isTrue();
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.isClosing()).isFalse();
    }

    @Test
    void shouldJoinChunksWhoseBordersLieWithinWords() {
        HttpAnswer answer = new HttpAnswer();
        assertThat(take(answer, BATCH.substring(0, 60))).isFalse();
        assertThat(take(answer, BATCH.substring(60))).isTrue();
        int[] statuses = new int[3];
        assertThat(answer.lineStatuses(statuses)).isEqualTo(3);
        assertThat(statuses).containsExactly(202, 429, 503);
    }

    @Test
    void shouldTellThatTheServerCloses() {
        HttpAnswer answer = new HttpAnswer();
        take(answer, "HTTP/1.1 503 Busy\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.isClosing()).isTrue();
    }

    @Test
    void shouldBeginAnewWhenCleared() {
        HttpAnswer answer = new HttpAnswer();
        take(answer, BATCH);
        answer.clear();
        assertThat(take(answer, SINGLE)).isTrue();
        assertThat(answer.status()).isEqualTo(202);
    }

    private static boolean take(HttpAnswer answer, String text) {
        return answer.take(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
    }
}
