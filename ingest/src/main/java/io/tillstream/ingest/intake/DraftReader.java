package io.tillstream.ingest.intake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamReadException;
import io.tillstream.ingest.cardguard.FieldNames;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/**
 * Reads one JSON object into a draft without building a tree. Unknown and repeated fields are refused, null counts as absent. One
 * instance reads one text.
 */
final class DraftReader {
    private static final int ITEMS_MAX = 200;
    private static final int NESTING_MAX = 8;
    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(NESTING_MAX)
                    .maxNumberLength(64)
                    .build())
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private final JsonParser parser;
    private final PaymentDraft draft = new PaymentDraft();
    private final Set<String> seen = new HashSet<>(32);
    private final boolean isKeyInBody;
    private String prefix = "";

    private DraftReader(JsonParser parser, boolean isKeyInBody) {
        this.parser = parser;
        this.isKeyInBody = isKeyInBody;
    }

    /**
     * Reads a text that has passed the card guard.
     *
     * @param isKeyInBody true for a line of a batch, which carries its own idempotencyKey
     */
    static PaymentDraft read(byte[] bytes, int from, int to, boolean isKeyInBody) throws InvalidPaymentException {
        try (JsonParser parser = FACTORY.createParser(bytes, from, to - from)) {
            return new DraftReader(parser, isKeyInBody).read();
        } catch (StreamReadException e) {
            // Its message may quote the text.
            throw InvalidPaymentException.invalid(
                    "body", "is not JSON at byte " + e.getLocation().getByteOffset());
        } catch (IOException e) {
            throw InvalidPaymentException.invalid("body", "is not JSON in UTF-8");
        }
    }

    private PaymentDraft read() throws IOException, InvalidPaymentException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw InvalidPaymentException.invalid("body", "is not a JSON object");
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            readField(nextField());
        }
        if (parser.nextToken() != null) {
            throw InvalidPaymentException.invalid("body", "goes on after the JSON object");
        }
        return draft;
    }

    private void readField(String name) throws IOException, InvalidPaymentException {
        switch (name) {
            case "type" -> draft.type = text(name);
            case "paymentId" -> draft.paymentId = text(name);
            case "tender" -> draft.tender = text(name);
            case "occurredAt" -> draft.occurredAt = text(name);
            case "currency" -> draft.currency = text(name);
            case "amount" -> draft.amount = number(name);
            case "convenienceFee" -> draft.convenienceFee = number(name);
            case "processor" -> draft.processor = text(name);
            case "entryMode" -> draft.entryMode = text(name);
            case "declineClass" -> draft.declineClass = text(name);
            case "avsResult" -> draft.avsResult = text(name);
            case "cvvResult" -> draft.cvvResult = text(name);
            case "payerReference" -> draft.payerReference = text(name);
            case "clientReference" -> draft.clientReference = text(name);
            case "items" -> readItems();
            case "card" -> readCard();
            case "source" -> readSource();
            default -> {
                if (!isKeyInBody || !name.equals("idempotencyKey")) {
                    throw unknown(name);
                }
                draft.idempotencyKey = text(name);
            }
        }
    }

    private void readItems() throws IOException, InvalidPaymentException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw InvalidPaymentException.invalid("items", "is not an array");
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (draft.items.size() == ITEMS_MAX) {
                throw InvalidPaymentException.invalid("items", "holds more than " + ITEMS_MAX);
            }
            readItem("items[" + draft.items.size() + "]");
        }
    }

    private void readItem(String path) throws IOException, InvalidPaymentException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw InvalidPaymentException.invalid(path, "is not an object");
        }
        PaymentDraft.ItemDraft item = new PaymentDraft.ItemDraft();
        prefix = path + ".";
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = nextField();
            switch (name) {
                case "billType" -> item.billType = text(name);
                case "amount" -> item.amount = number(name);
                case "fund" -> item.fund = text(name);
                case "billAccount" -> item.billAccount = text(name);
                default -> throw unknown(name);
            }
        }
        prefix = "";
        draft.items.add(item);
    }

    private void readCard() throws IOException, InvalidPaymentException {
        if (!beginsObject("card")) {
            return;
        }
        PaymentDraft.CardDraft card = new PaymentDraft.CardDraft();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = nextField();
            switch (name) {
                case "fingerprint" -> card.fingerprint = text(name);
                case "bin" -> card.bin = text(name);
                case "lastFour" -> card.lastFour = text(name);
                case "brand" -> card.brand = text(name);
                default -> throw unknown(name);
            }
        }
        prefix = "";
        draft.card = card;
    }

    private void readSource() throws IOException, InvalidPaymentException {
        if (!beginsObject("source")) {
            return;
        }
        PaymentDraft.SourceDraft source = draft.source;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = nextField();
            switch (name) {
                case "ip" -> source.ip = text(name);
                case "device" -> source.device = text(name);
                case "pageVersion" -> source.pageVersion = text(name);
                case "terminal" -> source.terminal = text(name);
                case "cashier" -> source.cashier = text(name);
                case "session" -> source.session = text(name);
                default -> throw unknown(name);
            }
        }
        prefix = "";
    }

    private boolean beginsObject(String name) throws InvalidPaymentException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return false;
        }
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw InvalidPaymentException.invalid(name, "is not an object");
        }
        prefix = name + ".";
        return true;
    }

    /** The field's name, with the parser on its value. */
    private String nextField() throws IOException, InvalidPaymentException {
        String name = parser.currentName();
        if (!seen.add(prefix + name)) {
            throw InvalidPaymentException.invalid(prefix + FieldNames.harmless(name), "is there twice");
        }
        parser.nextToken();
        return name;
    }

    private String text(String name) throws IOException, InvalidPaymentException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        if (token != JsonToken.VALUE_STRING) {
            throw InvalidPaymentException.invalid(prefix + name, "is not a string");
        }
        return parser.getText();
    }

    private Long number(String name) throws IOException, InvalidPaymentException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        if (token != JsonToken.VALUE_NUMBER_INT) {
            throw InvalidPaymentException.invalid(prefix + name, "is not a whole number of minor units");
        }
        if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            throw InvalidPaymentException.invalid(prefix + name, "does not fit 64 bits");
        }
        return parser.getLongValue();
    }

    private InvalidPaymentException unknown(String name) {
        return InvalidPaymentException.invalid(prefix + FieldNames.harmless(name), "is not a known field");
    }
}
