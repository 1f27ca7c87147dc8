package io.tillstream.ingest.idempotency;

import io.tillstream.schemas.Card;
import io.tillstream.schemas.Item;
import io.tillstream.schemas.PaymentEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;

/**
 * 128 bits of SHA-256 over what the client said of the payment: everything but the time of receipt and the facts of the source. The
 * time at which it happened counts only if the client gave it, since else it is the time of receipt.
 */
@SuppressWarnings("EnumOrdinal") // the hash never leaves this process
public record BodyHash(long high, long low) {
    private static final ThreadLocal<MessageDigest> SHA256 = ThreadLocal.withInitial(BodyHash::newSha256);

    public static BodyHash of(PaymentEvent event) {
        ByteBuffer numbers = ByteBuffer.allocate(64);
        numbers.put((byte) event.getType().ordinal())
                .put((byte) event.getChannel().ordinal())
                .put((byte) event.getTender().ordinal())
                .put((byte) event.getEntryMode().ordinal())
                .put((byte) event.getDeclineClass().ordinal())
                .put((byte) event.getAvsResult().ordinal())
                .put((byte) event.getCvvResult().ordinal())
                .putLong(givenTime(event))
                .putLong(event.getAmount())
                .putLong(event.getConvenienceFee());
        MessageDigest sha = SHA256.get();
        sha.reset();
        sha.update(event.getPaymentId().bytes());
        sha.update(numbers.array(), 0, numbers.position());
        text(sha, event.getCurrency());
        text(sha, event.getTenant());
        text(sha, event.getProcessor());
        text(sha, event.getPayerReference());
        text(sha, event.getClientReference());
        card(sha, event.getCard());
        items(sha, event.getItems());
        ByteBuffer digest = ByteBuffer.wrap(sha.digest());
        return new BodyHash(digest.getLong(), digest.getLong());
    }

    private static long givenTime(PaymentEvent event) {
        Instant occurred = event.getOccurredAt();
        return occurred.equals(event.getReceivedAt())
                ? Long.MIN_VALUE
                : Math.addExact(Math.multiplyExact(occurred.getEpochSecond(), 1_000_000L), occurred.getNano() / 1_000);
    }

    private static void card(MessageDigest sha, Card card) {
        sha.update((byte) (card == null ? 0 : 1));
        if (card != null) {
            text(sha, card.getFingerprint());
            text(sha, card.getBin());
            text(sha, card.getLastFour());
            text(sha, card.getBrand());
        }
    }

    private static void items(MessageDigest sha, List<Item> items) {
        for (Item item : items) {
            sha.update((byte) item.getBillType().ordinal());
            number(sha, item.getAmount());
            text(sha, item.getFund());
            text(sha, item.getBillAccount());
        }
    }

    /** Length first, so that no two lists of texts give the same bytes. */
    private static void text(MessageDigest sha, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        number(sha, utf8.length);
        sha.update(utf8);
    }

    private static void number(MessageDigest sha, long number) {
        for (int shift = 56; shift >= 0; shift -= 8) {
            sha.update((byte) (number >>> shift));
        }
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
