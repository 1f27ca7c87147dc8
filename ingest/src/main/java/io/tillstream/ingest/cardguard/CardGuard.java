package io.tillstream.ingest.cardguard;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Keeps card numbers out: 13 to 19 digits that pass Luhn and begin like a card network's number, in whatever script and with
 * whatever between them. Says where one was found and never gives it back. See docs/adr on the card guard for what is let through
 * and how often a number is taken for a card by chance.
 */
public final class CardGuard {
    /** W3C Trace Context: version, trace id, parent id, flags in hexadecimal. */
    private static final Pattern TRACE_PARENT = Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    private static final int DECODINGS_MAX = 3;

    private final JsonGuard json;

    public CardGuard(AccountFormats formats) {
        this.json = new JsonGuard(formats);
    }

    /**
     * Judges a JSON text, or bytes that should have been one.
     *
     * @param tenant whose account formats apply
     */
    public Optional<CardFound> inBody(byte[] bytes, int from, int to, String tenant) {
        return JsonGuard.needsCloserLook(bytes, from, to) ? json.find(bytes, from, to, tenant) : Optional.empty();
    }

    /** Judges the path as it came, and percent-decoded. */
    public Optional<CardFound> inPath(String path) {
        return isCardNumber(path) ? Optional.of(new CardFound(CardFound.Place.PATH, "path")) : Optional.empty();
    }

    /** Judges each name and value of a query as it came, and percent-decoded; null is no query. */
    public Optional<CardFound> inQuery(String query) {
        if (query == null) {
            return Optional.empty();
        }
        for (String part : query.split("&", -1)) {
            if (isCardNumber(part.replace('+', ' '))) {
                String name = FieldNames.harmless(part.substring(0, Math.max(0, part.indexOf('='))));
                return Optional.of(new CardFound(CardFound.Place.QUERY, "query." + name));
            }
        }
        return Optional.empty();
    }

    /** Judges one header, name and value. */
    public Optional<CardFound> inHeader(String name, String value) {
        return isCardNumber(name) || isCardNumberInHeader(name, value)
                ? Optional.of(new CardFound(CardFound.Place.HEADER, "header." + FieldNames.harmless(name)))
                : Optional.empty();
    }

    private static boolean isCardNumberInHeader(String name, String value) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "idempotency-key" -> CardNumbers.isIn(utf8(value), Reading.TYPED);
            case "traceparent" -> !TRACE_PARENT.matcher(value).matches() && isCardNumber(value);
            default -> isCardNumber(utf8(value));
        };
    }

    /** The server reads headers byte by byte; what was sent as UTF-8 is put together again. */
    private static String utf8(String header) {
        boolean isAscii = header.chars().allMatch(c -> c < 128);
        return isAscii ? header : new String(header.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private static boolean isCardNumber(String text) {
        String decoded = text;
        for (int i = 0; i < DECODINGS_MAX; i++) {
            if (CardNumbers.isIn(decoded, Reading.FREE_TEXT)) {
                return true;
            }
            String next = PercentEncoding.undo(decoded);
            if (next.equals(decoded)) {
                return false;
            }
            decoded = next;
        }
        return CardNumbers.isIn(decoded, Reading.FREE_TEXT);
    }
}
