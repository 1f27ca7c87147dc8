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
import java.util.ArrayList;

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
            case "type" -> draft.type = text(name, draft.type);
            case "paymentId" -> draft.paymentId = text(name, draft.paymentId);
            case "tender" -> draft.tender = text(name, draft.tender);
            case "occurredAt" -> draft.occurredAt = text(name, draft.occurredAt);
            case "currency" -> draft.currency = text(name, draft.currency);
            case "amount" -> draft.amount = number(name, draft.amount);
            case "convenienceFee" -> draft.convenienceFee = number(name, draft.convenienceFee);
            case "processor" -> draft.processor = text(name, draft.processor);
            case "entryMode" -> draft.entryMode = text(name, draft.entryMode);
            case "declineClass" -> draft.declineClass = text(name, draft.declineClass);
            case "avsResult" -> draft.avsResult = text(name, draft.avsResult);
            case "cvvResult" -> draft.cvvResult = text(name, draft.cvvResult);
            case "payerReference" -> draft.payerReference = text(name, draft.payerReference);
            case "clientReference" -> draft.clientReference = text(name, draft.clientReference);
            case "items" -> readItems();
            case "card" -> readCard();
            case "source" -> readSource();
            default -> {
                if (!isKeyInBody || !name.equals("idempotencyKey")) {
                    throw unknown(name);
                }
                draft.idempotencyKey = text(name, draft.idempotencyKey);
            }
        }
    }

    private void readItems() throws IOException, InvalidPaymentException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        checkIsFirst("items", draft.items);
        draft.items = new ArrayList<>(2);
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
                case "billType" -> item.billType = text(name, item.billType);
                case "amount" -> item.amount = number(name, item.amount);
                case "fund" -> item.fund = text(name, item.fund);
                case "billAccount" -> item.billAccount = text(name, item.billAccount);
                default -> throw unknown(name);
            }
        }
        prefix = "";
        draft.items.add(item);
    }

    private void readCard() throws IOException, InvalidPaymentException {
        if (!beginsObject("card", draft.card)) {
            return;
        }
        PaymentDraft.CardDraft card = new PaymentDraft.CardDraft();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = nextField();
            switch (name) {
                case "fingerprint" -> card.fingerprint = text(name, card.fingerprint);
                case "bin" -> card.bin = text(name, card.bin);
                case "lastFour" -> card.lastFour = text(name, card.lastFour);
                case "brand" -> card.brand = text(name, card.brand);
                default -> throw unknown(name);
            }
        }
        prefix = "";
        draft.card = card;
    }

    private void readSource() throws IOException, InvalidPaymentException {
        if (!beginsObject("source", draft.source)) {
            return;
        }
        PaymentDraft.SourceDraft source = new PaymentDraft.SourceDraft();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = nextField();
            switch (name) {
                case "ip" -> source.ip = text(name, source.ip);
                case "device" -> source.device = text(name, source.device);
                case "pageVersion" -> source.pageVersion = text(name, source.pageVersion);
                case "terminal" -> source.terminal = text(name, source.terminal);
                case "cashier" -> source.cashier = text(name, source.cashier);
                case "session" -> source.session = text(name, source.session);
                default -> throw unknown(name);
            }
        }
        prefix = "";
        draft.source = source;
    }

    private boolean beginsObject(String name, Object earlier) throws InvalidPaymentException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return false;
        }
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw InvalidPaymentException.invalid(name, "is not an object");
        }
        checkIsFirst(name, earlier);
        prefix = name + ".";
        return true;
    }

    /** The field's name, with the parser on its value. */
    private String nextField() throws IOException {
        String name = parser.currentName();
        parser.nextToken();
        return name;
    }

    private String text(String name, String earlier) throws IOException, InvalidPaymentException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        checkIsFirst(name, earlier);
        if (token != JsonToken.VALUE_STRING) {
            throw InvalidPaymentException.invalid(prefix + name, "is not a string");
        }
        return parser.getText();
    }

    private Long number(String name, Long earlier) throws IOException, InvalidPaymentException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        checkIsFirst(name, earlier);
        if (token != JsonToken.VALUE_NUMBER_INT) {
            throw InvalidPaymentException.invalid(prefix + name, "is not a whole number of minor units");
        }
        if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            throw InvalidPaymentException.invalid(prefix + name, "does not fit 64 bits");
        }
        return parser.getLongValue();
    }

    private void checkIsFirst(String name, Object earlier) throws InvalidPaymentException {
        if (earlier != null) {
            throw InvalidPaymentException.invalid(prefix + name, "is there twice");
        }
    }

    private InvalidPaymentException unknown(String name) {
        return InvalidPaymentException.invalid(prefix + FieldNames.harmless(name), "is not a known field");
    }
}
