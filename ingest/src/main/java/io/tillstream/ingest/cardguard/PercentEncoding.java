package io.tillstream.ingest.cardguard;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Undoes percent-encoding leniently: what is not encoded properly stays as it is. */
final class PercentEncoding {
    private PercentEncoding() {}

    static String undo(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream plain = new ByteArrayOutputStream(encoded.length);
        int at = 0;
        while (at < encoded.length) {
            int value = encoded[at] == '%' && at + 2 < encoded.length ? hex(encoded[at + 1], encoded[at + 2]) : -1;
            plain.write(value >= 0 ? value : encoded[at]);
            at += value >= 0 ? 3 : 1;
        }
        return plain.toString(StandardCharsets.UTF_8);
    }

    private static int hex(byte high, byte low) {
        int first = Character.digit((char) high, 16);
        int second = Character.digit((char) low, 16);
        return first < 0 || second < 0 ? -1 : 16 * first + second;
    }
}
