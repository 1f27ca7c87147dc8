package io.tillstream.ingest.http;

import java.util.Arrays;

/** Cuts pieces of a text into its lines; keeps no more than one line of bounded length. */
final class LineSplitter {
    private final int lineBytesMax;
    private final Sink sink;
    private byte[] begun = new byte[1024];
    private int begunLength;
    private boolean isTooLong;
    private int lineNumber;

    /** Takes lines in their order, without line ends. */
    interface Sink {
        /** One line that is not blank, in {@code [from, to)}. */
        void line(int number, byte[] bytes, int from, int to) throws RefusedBodyException;

        /** A line longer than the bound; its text is gone. */
        void tooLong(int number) throws RefusedBodyException;
    }

    LineSplitter(int lineBytesMax, Sink sink) {
        this.lineBytesMax = lineBytesMax;
        this.sink = sink;
    }

    void feed(byte[] bytes, int length) throws RefusedBodyException {
        int from = 0;
        for (int at = 0; at < length; at++) {
            if (bytes[at] == '\n') {
                endLine(bytes, from, at);
                from = at + 1;
            }
        }
        keep(bytes, from, length);
    }

    /** The last line may have no line end. */
    void end() throws RefusedBodyException {
        if (begunLength > 0 || isTooLong) {
            endLine(begun, 0, 0);
        }
    }

    private void endLine(byte[] bytes, int from, int to) throws RefusedBodyException {
        lineNumber++;
        boolean isWhole = begunLength == 0 && !isTooLong;
        if (!isWhole) {
            keep(bytes, from, to);
        }
        boolean tooLong = isTooLong || (isWhole && to - from > lineBytesMax);
        int length = begunLength;
        begunLength = 0;
        isTooLong = false;
        if (tooLong) {
            sink.tooLong(lineNumber);
        } else if (isWhole) {
            give(bytes, from, to);
        } else {
            give(begun, 0, length);
        }
    }

    private void give(byte[] bytes, int from, int to) throws RefusedBodyException {
        int start = from;
        int end = to;
        while (start < end && isBlank(bytes[start])) {
            start++;
        }
        while (end > start && isBlank(bytes[end - 1])) {
            end--;
        }
        if (start < end) {
            sink.line(lineNumber, bytes, start, end);
        }
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t' || b == '\r';
    }

    private void keep(byte[] bytes, int from, int to) {
        int length = to - from;
        if (isTooLong || begunLength + length > lineBytesMax) {
            isTooLong = true;
            begunLength = 0;
            return;
        }
        if (begunLength + length > begun.length) {
            begun = Arrays.copyOf(begun, Math.max(2 * begun.length, begunLength + length));
        }
        System.arraycopy(bytes, from, begun, begunLength, length);
        begunLength += length;
    }
}
