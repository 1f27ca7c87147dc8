package io.tillstream.ingest.auth;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** What the header Authorization says, before anything is believed. */
sealed interface PresentedProof {
    /** As named by the client. */
    String tenant();

    /** As named by the client. */
    String keyId();

    /** The secret itself. */
    @SuppressWarnings("ArrayRecordComponent") // never compared as a record
    record Bearer(String tenant, String keyId, byte[] secret) implements PresentedProof {}

    /** A signature over the request. */
    @SuppressWarnings("ArrayRecordComponent")
    record Signed(String tenant, String keyId, long epochSeconds, byte[] signature) implements PresentedProof {}

    /** Longer headers are not looked at. */
    int LENGTH_MAX = 1024;

    String BEARER = "Bearer ";
    String HMAC = "Tillstream-HMAC ";

    /** What the header says; what is missing or malformed becomes a proof that no one can have. */
    static PresentedProof parse(String header) {
        if (header != null && header.length() <= LENGTH_MAX && header.startsWith(HMAC)) {
            return signed(header.substring(HMAC.length()));
        }
        boolean isBearer = header != null && header.length() <= LENGTH_MAX && header.startsWith(BEARER);
        return bearer(isBearer ? header.substring(BEARER.length()).strip() : "");
    }

    private static PresentedProof bearer(String token) {
        int first = token.indexOf('.');
        int second = token.indexOf('.', first + 1);
        boolean isComplete = first > 0 && second > first + 1;
        return new Bearer(
                isComplete ? token.substring(0, first) : "",
                isComplete ? token.substring(first + 1, second) : "",
                (isComplete ? token.substring(second + 1) : "").getBytes(StandardCharsets.UTF_8));
    }

    private static PresentedProof signed(String parameters) {
        String key = "";
        long epochSeconds = 0;
        byte[] signature = new byte[0];
        for (String parameter : parameters.split(",", -1)) {
            int equals = parameter.indexOf('=');
            String value = parameter.substring(equals + 1).strip();
            switch (parameter.substring(0, Math.max(0, equals)).strip()) {
                case "keyId" -> key = value;
                case "timestamp" -> epochSeconds = seconds(value);
                case "signature" -> signature = hex(value);
                default -> {
                    return new Signed("", "", 0, new byte[0]); // an unknown parameter could change the meaning
                }
            }
        }
        int dot = key.indexOf('.');
        return new Signed(key.substring(0, Math.max(0, dot)), key.substring(dot + 1), epochSeconds, signature);
    }

    private static long seconds(String value) {
        boolean isNumber =
                !value.isEmpty() && value.length() <= 12 && value.chars().allMatch(c -> c >= '0' && c <= '9');
        return isNumber ? Long.parseLong(value) : 0;
    }

    private static byte[] hex(String value) {
        boolean isHash = value.length() == 64 && value.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 128);
        return isHash ? HexFormat.of().parseHex(value) : new byte[0];
    }
}
