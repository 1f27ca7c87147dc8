package io.tillstream.console.pages;

/** What codes mean, for people who do not know them by heart. */
public final class Meaning {
    private Meaning() {}

    /** A refusal's reason (DOMAIN section 3) in a sentence. */
    public static String ofRefusal(String reason) {
        return switch (reason) {
            case "MISROUTED" -> "Sent to a partition that its key does not belong to.";
            case "TENANT_UNKNOWN" -> "No tenant of that id has been applied.";
            case "DUPLICATE" -> "The same event again; it counts once.";
            case "CONFLICTING_DUPLICATE" -> "The same id with another body; the first one stands.";
            case "AMOUNT_NOT_POSITIVE" -> "The amount is zero or negative.";
            case "AMOUNT_TOO_LARGE" -> "Above the tenant's largest amount.";
            case "CURRENCY_NOT_OF_TENANT" -> "Not the tenant's currency.";
            case "ITEMS_EXCEED_AMOUNT" -> "Items and fee add up to more than the amount.";
            case "PAYMENT_NOT_FOUND" -> "Refers to a payment that never came.";
            case "OUTSIDE_HORIZON" -> "Refers to a payment too old to be changed.";
            case "PAYMENT_VOIDED" -> "The payment was voided before.";
            case "VOID_AFTER_CLOSE" -> "Its business date is closed: refund instead.";
            case "EXCEEDS_CAPTURED" -> "More would go back than was captured.";
            case "DISPUTE_NOT_OPEN" -> "There is no open dispute to win or lose.";
            case "VOID_NOT_WHOLE" -> "A void must turn round the whole capture.";
            case "CLOSE_OUT_OF_ORDER" -> "A close for a date that is not the open one.";
            default -> "";
        };
    }

    /** A quarantine's reason in a sentence. */
    public static String ofQuarantine(String reason) {
        return switch (reason) {
            case "NULL_VALUE" -> "A record without a value.";
            case "TOO_SHORT" -> "Shorter than the wire format's header.";
            case "WRONG_MAGIC" -> "Does not begin like the wire format.";
            case "UNKNOWN_SCHEMA" -> "The registry does not know its schema.";
            case "WRONG_SCHEMA" -> "A known schema that does not belong on this topic.";
            case "MALFORMED" -> "Bytes that the schema cannot read.";
            case "TRAILING_BYTES" -> "Bytes left over after the record.";
            case "INVALID_FIELD" -> "A field with a value that it cannot have.";
            case "INVALID_TIME" -> "A time in the far future or the far past.";
            case "TOO_LARGE" -> "Larger than any event can be.";
            case "CARD_NUMBER" -> "Held a card number; nothing of it was kept.";
            default -> "";
        };
    }

    /** A batch's state in a sentence. */
    public static String ofBatchState(String state) {
        return switch (state) {
            case "CLOSED" -> "The date is closed; the database is being compared with it.";
            case "VERIFIED" -> "The rows of the ledger add up to the batch.";
            case "WRITTEN" -> "Its files are released.";
            case "DELIVERED" -> "The city's side has the files.";
            case "FUNDED" -> "The bank has paid it.";
            default -> "";
        };
    }
}
