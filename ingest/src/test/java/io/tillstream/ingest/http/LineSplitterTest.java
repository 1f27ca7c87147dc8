package io.tillstream.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineSplitterTest {
    private static final int LINE_MAX = 10;

    private static final class Lines implements LineSplitter.Sink {
        private final List<String> found = new ArrayList<>();

        @Override
        public void line(int number, byte[] bytes, int from, int to) {
            found.add(number + ":" + new String(bytes, from, to - from, StandardCharsets.UTF_8));
        }

        @Override
        public void tooLong(int number) {
            found.add(number + ":too long");
        }
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', useHeadersInDisplayName = true, textBlock = """
            TEXT,                       LINES
            "",                         ""
            "a",                        "1:a"
            "a~",                       "1:a"
            "a~b",                      "1:a 2:b"
            "a~~ ~b~",                  "1:a 4:b"
            " a ^~",                    "1:a"
            "0123456789",               "1:0123456789"
            "0123456789~",              "1:0123456789"
            "0123456789x",              "1:too long"
            "0123456789x~b",            "1:too long 2:b"
            "a~0123456789xyz~b~",       "1:a 2:too long 3:b"
            """)
    void shouldCutIntoLinesHoweverTheTextArrives(String text, String lines) throws Exception {
        byte[] bytes = text.replace('~', '\n').replace('^', '\r').getBytes(StandardCharsets.UTF_8);
        for (int pieceLength = 1; pieceLength <= bytes.length + 1; pieceLength++) {
            assertThat(String.join(" ", cut(bytes, pieceLength)))
                    .as("pieces of %d", pieceLength)
                    .isEqualTo(lines);
        }
    }

    @Test
    void shouldCutRandomTextsLikeTheSimpleWay() throws Exception {
        Random random = new Random(11);
        for (int round = 0; round < 2_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(60); i > 0; i--) {
                text.append("ab \n".charAt(random.nextInt(4)));
            }
            List<String> expected = new ArrayList<>();
            String[] lines = text.toString().split("\n", -1);
            for (int i = 0; i < lines.length; i++) {
                if (lines[i].length() > LINE_MAX) {
                    expected.add((i + 1) + ":too long");
                } else if (!lines[i].isBlank()) {
                    expected.add((i + 1) + ":" + lines[i].strip());
                }
            }
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            assertThat(cut(bytes, 1 + random.nextInt(20))).as("round %d", round).isEqualTo(expected);
        }
    }

    private static List<String> cut(byte[] bytes, int pieceLength) throws RefusedBodyException {
        Lines lines = new Lines();
        LineSplitter splitter = new LineSplitter(LINE_MAX, lines);
        for (int from = 0; from < bytes.length; from += pieceLength) {
            int length = Math.min(pieceLength, bytes.length - from);
            byte[] piece = new byte[pieceLength];
            System.arraycopy(bytes, from, piece, 0, length);
            splitter.feed(piece, length);
        }
        splitter.end();
        return lines.found;
    }
}
