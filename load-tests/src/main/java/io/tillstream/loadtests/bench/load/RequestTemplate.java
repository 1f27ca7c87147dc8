package io.tillstream.loadtests.bench.load;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A request into whose bytes the idempotency keys and the payers' addresses are written for each sending: that costs some twenty bytes
 * an event. Keys and addresses have letters where others have digits: sixteen digits in a row could be a card number, and ingest's guard
 * would say so.
 */
final class RequestTemplate {
    /** Bodies of a city's single events; the lines of a batch differ anyhow. */
    private static final int VARIANTS = 8;

    private static final String KEY_PLACE = "################";
    private static final String ADDRESS_PLACE = "~~~~:~~~~";
    private static final int KEY_BASE = 16;
    /** Of the hexadecimal digits the letters. */
    private static final int ADDRESS_BASE = 6;

    private final byte[] bytes;
    private final int[] keys;
    private final int[] addresses;

    private RequestTemplate(byte[] bytes) {
        this.bytes = bytes;
        String text = new String(bytes, StandardCharsets.US_ASCII);
        keys = places(text, KEY_PLACE);
        addresses = places(text, ADDRESS_PLACE);
    }

    /** All of a load's; request {@code n} takes the n-th, over and over, which is of the city that its events are due from. */
    static RequestTemplate[] of(LoadSettings load) {
        RequestTemplate[] all = new RequestTemplate[load.tenants() * (load.isBatch() ? 1 : VARIANTS)];
        for (int number = 0; number < all.length; number++) {
            all[number] = of(load, number);
        }
        return all;
    }

    private static RequestTemplate of(LoadSettings load, int number) {
        String body = load.isBatch() ? batch(load, number) : payment(number) + "}";
        String head = "POST /v1/payments" + (load.isBatch() ? ":batch" : "") + " HTTP/1.1\r\n"
                + "Host: 127.0.0.1:" + load.port() + "\r\n"
                + "Authorization: " + BenchCities.authorization(number % load.tenants()) + "\r\n"
                + "Content-Type: application/" + (load.isBatch() ? "x-ndjson" : "json") + "\r\n"
                + "Content-Length: " + body.length() + "\r\n"
                + (load.isBatch() ? "" : "Idempotency-Key: " + load.run() + KEY_PLACE + "\r\n")
                + "\r\n";
        return new RequestTemplate((head + body).getBytes(StandardCharsets.US_ASCII));
    }

    private static String batch(LoadSettings load, int number) {
        StringBuilder lines = new StringBuilder();
        for (int line = 0; line < load.lines(); line++) {
            lines.append(payment(number + line))
                    .append(",\"idempotencyKey\":\"")
                    .append(load.run())
                    .append(KEY_PLACE)
                    .append("\"}\n");
        }
        return lines.toString();
    }

    /** A capture by card as a payment page sends it, without the closing brace. Each payer has an address of its own, as most have. */
    private static String payment(int number) {
        int amount = 1_000 + number * 37 % 40_000;
        return "{\"type\":\"CAPTURED\",\"tender\":\"CARD\",\"currency\":\"USD\",\"amount\":" + (amount + 250)
                + ",\"convenienceFee\":250,\"items\":[{\"billType\":\"UTILITY\",\"amount\":" + amount
                + ",\"fund\":\"water\",\"billAccount\":\"A" + number % 100_000 + "\"}]"
                + ",\"card\":{\"fingerprint\":\"fp_" + number + "\",\"bin\":\"4111" + (10 + number % 40)
                + "\",\"lastFour\":\"1111\",\"brand\":\"VISA\"},\"entryMode\":\"ECOMMERCE\""
                + ",\"avsResult\":\"MATCH\",\"cvvResult\":\"MATCH\",\"payerReference\":\"payer-" + number
                + "\",\"clientReference\":\"invoice " + number + "\",\"source\":{\"ip\":\"fd00:" + ADDRESS_PLACE
                + "::1\",\"device\":\"device-" + number + "\",\"pageVersion\":\"v12\",\"session\":\"s-" + number
                + "\"}";
    }

    private static int[] places(String text, String place) {
        List<Integer> found = new ArrayList<>();
        for (int at = text.indexOf(place); at >= 0; at = text.indexOf(place, at + place.length())) {
            found.add(at);
        }
        return found.stream().mapToInt(Integer::intValue).toArray();
    }

    /** The request for these events; the array is this template's own, to be copied before the next call. */
    byte[] bytes(long firstEvent) {
        for (int i = 0; i < keys.length; i++) {
            letters(bytes, keys[i], KEY_PLACE.length(), firstEvent + i, KEY_BASE);
        }
        for (int i = 0; i < addresses.length; i++) {
            letters(bytes, addresses[i], ADDRESS_PLACE.length(), firstEvent + i, ADDRESS_BASE);
        }
        return bytes;
    }

    /** Writes a number in letters, the lowest last; a colon stays where it is. */
    private static void letters(byte[] bytes, int from, int length, long number, int base) {
        long rest = number;
        for (int at = from + length - 1; at >= from; at--) {
            if (bytes[at] != ':') {
                bytes[at] = (byte) ('a' + rest % base);
                rest /= base;
            }
        }
    }

    int length() {
        return bytes.length;
    }

    /** The idempotency key of an event. */
    static String key(String run, long event) {
        byte[] letters = new byte[KEY_PLACE.length()];
        letters(letters, 0, letters.length, event, KEY_BASE);
        return run + new String(letters, StandardCharsets.US_ASCII);
    }
}
