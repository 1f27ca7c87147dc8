package io.tillstream.ingest.intake;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Replaces a network address or a device by the first 16 bytes of an HMAC-SHA256, in hexadecimal: the same source gives the same
 * hash at every city and instance that has the key, and no one without the key can try addresses.
 */
public final class SourceHashes {
    private static final int HASH_BYTES = 16;
    private static final int KEY_BYTES_MIN = 32;
    private static final int ADDRESS_LENGTH_MAX = 45;

    private final SecretKeySpec key;
    private final ThreadLocal<Mac> macs;

    /** @throws IllegalArgumentException if the key has fewer than 32 bytes */
    public SourceHashes(byte[] key) {
        if (key.length < KEY_BYTES_MIN) {
            throw new IllegalArgumentException(
                    "the key of source hashes has at least " + KEY_BYTES_MIN + " characters");
        }
        this.key = new SecretKeySpec(key, "HmacSHA256");
        this.macs = ThreadLocal.withInitial(this::newMac);
    }

    /** The hash of an IPv4 or IPv6 address, however it is written; empty if it is no address. Never asks a name server. */
    public Optional<String> ofAddress(String address) {
        if (!looksLikeAddress(address)) {
            return Optional.empty();
        }
        try {
            InetAddress parsed = InetAddress.getByName(address);
            return Optional.of(hash(parsed instanceof Inet4Address ? "ip4" : "ip6", parsed.getAddress()));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** The hash of what names a device. */
    public String ofDevice(String device) {
        return hash("device", device.getBytes(StandardCharsets.UTF_8));
    }

    private String hash(String kind, byte[] value) {
        Mac mac = macs.get();
        mac.update(kind.getBytes(StandardCharsets.US_ASCII));
        mac.update((byte) 0);
        return HexFormat.of().formatHex(mac.doFinal(value), 0, HASH_BYTES);
    }

    private Mac newMac() {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA256", e);
        }
    }

    /** Four decimal parts, or hexadecimal with colons: what Java parses without looking a name up. */
    private static boolean looksLikeAddress(String text) {
        if (text.isEmpty() || text.length() > ADDRESS_LENGTH_MAX) {
            return false;
        }
        return text.indexOf(':') >= 0
                ? text.chars().allMatch(c -> c == ':' || c == '.' || isHex(c))
                : isFourParts(text);
    }

    private static boolean isHex(int c) {
        return c < 128 && Character.digit(c, 16) >= 0;
    }

    private static boolean isFourParts(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return false;
        }
        for (String part : parts) {
            boolean isNumber =
                    !part.isEmpty() && part.length() <= 3 && part.chars().allMatch(c -> c >= '0' && c <= '9');
            if (!isNumber || Integer.parseInt(part) > 255) {
                return false;
            }
        }
        return true;
    }
}
