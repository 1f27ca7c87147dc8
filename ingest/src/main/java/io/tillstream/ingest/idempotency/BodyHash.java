package io.tillstream.ingest.idempotency;

import io.tillstream.schemas.Card;
import io.tillstream.schemas.Item;
import io.tillstream.schemas.PaymentEvent;
import java.time.Instant;
import java.util.List;

/**
 * 128 bits of SHA-256 over what the client said of the payment: everything but the time of receipt and the facts of the source. The
 * time at which it happened counts only if the client gave it, since else it is the time of receipt; the processor likewise, since
 * else it follows from that time, and a retry behind the date on which it changes would look like another body.
 */
@SuppressWarnings("EnumOrdinal") // the hash never leaves this process
public record BodyHash(long high, long low) {
    private static final ThreadLocal<BodyBytes> BYTES = ThreadLocal.withInitial(BodyBytes::new);

    /** @param isProcessorGiven whether the client named it, or left it to the tenant's terms */
    public static BodyHash of(PaymentEvent event, boolean isProcessorGiven) {
        BodyBytes bytes = BYTES.get();
        bytes.clear();
        bytes.put(event.getPaymentId().bytes());
        bytes.put(event.getType().ordinal());
        bytes.put(event.getChannel().ordinal());
        bytes.put(event.getTender().ordinal());
        bytes.put(event.getEntryMode().ordinal());
        bytes.put(event.getDeclineClass().ordinal());
        bytes.put(event.getAvsResult().ordinal());
        bytes.put(event.getCvvResult().ordinal());
        bytes.put(givenTime(event));
        bytes.put(event.getAmount());
        bytes.put(event.getConvenienceFee());
        bytes.put(event.getCurrency());
        bytes.put(event.getTenant());
        bytes.put(isProcessorGiven ? event.getProcessor() : "");
        bytes.put(event.getPayerReference());
        bytes.put(event.getClientReference());
        putCard(bytes, event.getCard());
        putItems(bytes, event.getItems());
        return bytes.hash();
    }

    private static long givenTime(PaymentEvent event) {
        Instant occurred = event.getOccurredAt();
        return occurred.equals(event.getReceivedAt())
                ? Long.MIN_VALUE
                : Math.addExact(Math.multiplyExact(occurred.getEpochSecond(), 1_000_000L), occurred.getNano() / 1_000);
    }

    private static void putCard(BodyBytes bytes, Card card) {
        bytes.put(card == null ? 0 : 1);
        if (card != null) {
            bytes.put(card.getFingerprint());
            bytes.put(card.getBin());
            bytes.put(card.getLastFour());
            bytes.put(card.getBrand());
        }
    }

    private static void putItems(BodyBytes bytes, List<Item> items) {
        for (Item item : items) {
            bytes.put(item.getBillType().ordinal());
            bytes.put(item.getAmount());
            bytes.put(item.getFund());
            bytes.put(item.getBillAccount());
        }
    }
}
