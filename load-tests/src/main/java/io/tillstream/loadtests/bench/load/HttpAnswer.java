package io.tillstream.loadtests.bench.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** The bytes of one answer as they arrive: HTTP/1.1 with Content-Length or chunks, which is what Jetty sends. */
final class HttpAnswer {
    private static final byte[] HEAD_END = {'\r', '\n', '\r', '\n'};
    private static final byte[] LINE_END = {'\r', '\n'};
    private static final byte[] LINE_STATUS = "\"status\":".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes = new byte[1024];
    private int size;
    private int bodyFrom = -1;
    private int bodyLength = -1;
    private boolean isClosing;

    /** Takes what has been read. True when the answer is complete. */
    boolean take(ByteBuffer read) {
        int count = read.remaining();
        if (size + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + count, 2 * bytes.length));
        }
        read.get(bytes, size, count);
        size += count;
        return (bodyFrom >= 0 || readHead()) && isBodyComplete();
    }

    private boolean readHead() {
        int end = indexOf(bytes, 0, size, HEAD_END);
        if (end < 0) {
            return false;
        }
        bodyFrom = end + HEAD_END.length;
        String head = new String(bytes, 0, end, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        int length = head.indexOf("content-length:");
        if (length >= 0) {
            int lineEnd = head.indexOf('\r', length);
            bodyLength = Integer.parseInt(
                    head.substring(length + 15, lineEnd < 0 ? end : lineEnd).strip());
        }
        isClosing = head.contains("connection: close");
        return true;
    }

    private boolean isBodyComplete() {
        if (bodyLength >= 0) {
            return size >= bodyFrom + bodyLength;
        }
        // The last chunk is empty; Jetty sends no trailers.
        boolean isComplete = endsWith("\r\n0\r\n\r\n") || (size == bodyFrom + 5 && endsWith("0\r\n\r\n"));
        if (isComplete) {
            joinChunks();
        }
        return isComplete;
    }

    private boolean endsWith(String text) {
        if (size - bodyFrom < text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (bytes[size - text.length() + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    int status() {
        return (bytes[9] - '0') * 100 + (bytes[10] - '0') * 10 + bytes[11] - '0';
    }

    /** Whether the server closes the connection after it. */
    boolean isClosing() {
        return isClosing;
    }

    /** Statuses of a complete batch's lines in their order. @return how many were found */
    int lineStatuses(int[] statuses) {
        int count = 0;
        int at = indexOf(bytes, bodyFrom, size, LINE_STATUS);
        while (at >= 0 && count < statuses.length) {
            statuses[count++] = number(at + LINE_STATUS.length);
            at = indexOf(bytes, at + LINE_STATUS.length, size, LINE_STATUS);
        }
        return count;
    }

    private int number(int from) {
        return (bytes[from] - '0') * 100 + (bytes[from + 1] - '0') * 10 + bytes[from + 2] - '0';
    }

    /** Joins the chunks, as a border may lie within a word. */
    private void joinChunks() {
        int to = bodyFrom;
        int at = bodyFrom;
        while (true) {
            int lineEnd = indexOf(bytes, at, size, LINE_END);
            int length = Integer.parseInt(new String(bytes, at, lineEnd - at, StandardCharsets.US_ASCII).strip(), 16);
            if (length == 0) {
                size = to;
                return;
            }
            System.arraycopy(bytes, lineEnd + 2, bytes, to, length);
            to += length;
            at = lineEnd + 2 + length + 2;
        }
    }

    void clear() {
        size = 0;
        bodyFrom = -1;
        bodyLength = -1;
        isClosing = false;
    }

    private static int indexOf(byte[] bytes, int from, int to, byte[] wanted) {
        for (int at = from; at <= to - wanted.length; at++) {
            int same = 0;
            while (same < wanted.length && bytes[at + same] == wanted[same]) {
                same++;
            }
            if (same == wanted.length) {
                return at;
            }
        }
        return -1;
    }
}
