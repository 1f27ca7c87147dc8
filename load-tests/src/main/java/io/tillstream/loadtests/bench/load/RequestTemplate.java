package io.tillstream.loadtests.bench.load;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A request whose idempotency keys are written into its bytes for each sending: that costs sixteen bytes an event. */
final class RequestTemplate {
    /** No decimal digits: sixteen of them in a row could be a card number, and ingest's guard would say so. */
    private static final byte[] DIGIT = "abcdefghijklmnop".getBytes(StandardCharsets.US_ASCII);

    private static final int DIGITS = 16;
    private static final String PLACE = "#".repeat(DIGITS);

    private final byte[] bytes;
    private final int[] places;

    private RequestTemplate(byte[] bytes) {
        this.bytes = bytes;
        this.places = places(bytes);
    }

    /** One city's request. */
    static RequestTemplate of(LoadSettings load, int city) {
        String body = load.isBatch() ? batch(load, city) : payment(city) + "}";
        String head = "POST /v1/payments" + (load.isBatch() ? ":batch" : "") + " HTTP/1.1\r\n"
                + "Host: 127.0.0.1:" + load.port() + "\r\n"
                + "Authorization: " + BenchCities.authorization(city) + "\r\n"
                + "Content-Type: application/" + (load.isBatch() ? "x-ndjson" : "json") + "\r\n"
                + "Content-Length: " + body.length() + "\r\n"
                + (load.isBatch() ? "" : "Idempotency-Key: " + load.run() + PLACE + "\r\n")
                + "\r\n";
        return new RequestTemplate((head + body).getBytes(StandardCharsets.US_ASCII));
    }

    private static String batch(LoadSettings load, int city) {
        StringBuilder lines = new StringBuilder();
        for (int line = 0; line < load.lines(); line++) {
            lines.append(payment(city + line))
                    .append(",\"idempotencyKey\":\"")
                    .append(load.run())
                    .append(PLACE)
                    .append("\"}\n");
        }
        return lines.toString();
    }

    /** A capture by card as a payment page sends it, without the closing brace. */
    private static String payment(int number) {
        int amount = 1_000 + number * 37 % 40_000;
        return "{\"type\":\"CAPTURED\",\"tender\":\"CARD\",\"currency\":\"USD\",\"amount\":" + (amount + 250)
                + ",\"convenienceFee\":250,\"items\":[{\"billType\":\"UTILITY\",\"amount\":" + amount
                + ",\"fund\":\"water\",\"billAccount\":\"A" + number % 100_000 + "\"}]"
                + ",\"card\":{\"fingerprint\":\"fp_" + number % 9_973
                + "\",\"bin\":\"411111\",\"lastFour\":\"1111\",\"brand\":\"VISA\"},\"entryMode\":\"ECOMMERCE\""
                + ",\"avsResult\":\"MATCH\",\"cvvResult\":\"MATCH\",\"payerReference\":\"payer-" + number % 9_973
                + "\",\"clientReference\":\"invoice " + number + "\",\"source\":{\"ip\":\"203.0." + number / 250 % 250
                + "." + number % 250 + "\",\"device\":\"device-" + number % 9_973
                + "\",\"pageVersion\":\"v12\",\"session\":\"s-" + number % 9_973 + "\"}";
    }

    private static int[] places(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.US_ASCII);
        List<Integer> found = new ArrayList<>();
        for (int at = text.indexOf(PLACE); at >= 0; at = text.indexOf(PLACE, at + DIGITS)) {
            found.add(at);
        }
        return found.stream().mapToInt(Integer::intValue).toArray();
    }

    /** The request for these events; the array is this template's own, to be copied before the next call. */
    byte[] bytes(long firstEvent) {
        for (int i = 0; i < places.length; i++) {
            long rest = firstEvent + i;
            for (int digit = places[i] + DIGITS - 1; digit >= places[i]; digit--) {
                bytes[digit] = DIGIT[(int) (rest & 15)];
                rest >>>= 4;
            }
        }
        return bytes;
    }

    int length() {
        return bytes.length;
    }

    /** The idempotency key of an event. */
    static String key(String run, long event) {
        ByteArrayOutputStream digits = new ByteArrayOutputStream(DIGITS);
        for (int shift = 4 * (DIGITS - 1); shift >= 0; shift -= 4) {
            digits.write(DIGIT[(int) (event >>> shift & 15)]);
        }
        return run + digits.toString(StandardCharsets.US_ASCII);
    }
}
