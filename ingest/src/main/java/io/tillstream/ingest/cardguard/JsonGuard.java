package io.tillstream.ingest.cardguard;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/** Looks at every name and value of a JSON text; at the text as a whole where it is not JSON. */
final class JsonGuard {
    private static final int NESTING_MAX = 100;

    /** Keeps no names: a name may be what must not be kept. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(NESTING_MAX).build())
            .build();

    /** Fields that hold one id; the bill account may have a format that its city has declared. */
    private static final Set<String> TYPED = Set.of(
            "billAccount",
            "cashier",
            "device",
            "fingerprint",
            "fund",
            "idempotencyKey",
            "pageVersion",
            "payerReference",
            "paymentId",
            "processor",
            "session",
            "terminal");

    private final AccountFormats formats;

    JsonGuard(AccountFormats formats) {
        this.formats = formats;
    }

    /** False only if no digit run of the bytes can be a card number: one pass, no allocation. */
    static boolean needsCloserLook(byte[] bytes, int from, int to) {
        int digits = 0;
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            if (b < 0 || b == '\\') {
                return true; // not ASCII, or escaped
            }
            int kind = CharacterKinds.of(b);
            if (kind == CharacterKinds.OTHER) {
                digits = 0;
            } else if (kind >= 0 && ++digits == CardNetworks.DIGITS_MIN) {
                return true;
            } else if (kind == CharacterKinds.INVISIBLE) {
                return true;
            }
        }
        return false;
    }

    Optional<CardFound> find(byte[] bytes, int from, int to, String tenant) {
        try (JsonParser parser = FACTORY.createParser(bytes, from, to - from)) {
            return find(parser, tenant);
        } catch (IOException notJson) {
            // Answered as malformed later; here only the digits count, and the exception's text may hold them.
            String text = JsonEscapes.undo(new String(bytes, from, to - from, StandardCharsets.UTF_8));
            return CardNumbers.isIn(text, Reading.FREE_TEXT)
                    ? Optional.of(new CardFound(CardFound.Place.BODY, "body"))
                    : Optional.empty();
        }
    }

    private Optional<CardFound> find(JsonParser parser, String tenant) throws IOException {
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            boolean isName = token == JsonToken.FIELD_NAME;
            boolean isText = isName || token == JsonToken.VALUE_STRING || token.isNumeric();
            if (isText && isCardNumber(parser.getText(), isName ? null : nameOf(parser), tenant)) {
                return Optional.of(new CardFound(CardFound.Place.BODY, path(parser.getParsingContext(), isName)));
            }
        }
        return Optional.empty();
    }

    private boolean isCardNumber(String value, String name, String tenant) {
        boolean isTyped = name != null && TYPED.contains(name);
        return CardNumbers.isIn(value, isTyped ? Reading.TYPED : Reading.FREE_TEXT)
                && !("billAccount".equals(name) && formats.fit(tenant, value));
    }

    /** The field that a value belongs to; for an element of an array, the array's. */
    private static String nameOf(JsonParser parser) {
        JsonStreamContext context = parser.getParsingContext();
        while (context.inArray()) {
            context = context.getParent();
        }
        return context.getCurrentName();
    }

    private static String path(JsonStreamContext context, boolean isName) {
        if (context.inRoot()) {
            return "body";
        }
        StringBuilder path = new StringBuilder();
        if (isName) {
            path.append("(name)");
        }
        for (JsonStreamContext at = context; !at.inRoot(); at = at.getParent()) {
            if (at.inArray()) {
                path.insert(0, "[" + at.getCurrentIndex() + "]");
            } else if (at != context || !isName) {
                path.insert(0, "." + FieldNames.harmless(String.valueOf(at.getCurrentName())));
            } else {
                path.insert(0, ".");
            }
        }
        return path.charAt(0) == '.' ? path.substring(1) : path.toString();
    }
}
