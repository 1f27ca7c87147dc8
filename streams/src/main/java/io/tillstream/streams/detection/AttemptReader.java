package io.tillstream.streams.detection;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tillstream.schemas.Card;
import io.tillstream.schemas.Channel;
import io.tillstream.schemas.EntryKind;
import io.tillstream.schemas.EntryMode;
import io.tillstream.schemas.Ids;
import io.tillstream.schemas.JournalEntry;
import io.tillstream.schemas.PaymentEvent;
import io.tillstream.schemas.PaymentEventType;
import io.tillstream.schemas.Source;
import io.tillstream.schemas.Tender;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** From a journal entry to the attempt in it, if it is one, and to the subjects that it counts for. */
final class AttemptReader {
    private static final int SESSION_HASH_BYTES = 16;

    private AttemptReader() {}

    /** The attempt; empty for what tries no card, or tries it where a stolen number alone is of no use. */
    static Optional<Attempt> attempt(JournalEntry entry) {
        PaymentEvent event = entry.getEvent();
        boolean counts = (entry.getKind() == EntryKind.RECORDED || entry.getKind() == EntryKind.RELEASED)
                && event != null
                && event.getTender() == Tender.CARD
                && triesACard(event.getType())
                && isRisky(event);
        return counts ? Optional.of(toAttempt(entry, event)) : Optional.empty();
    }

    /** Who is watched for it: the source and the BIN, each if known. */
    static List<Subject> subjects(PaymentEvent event) {
        List<Subject> subjects = new ArrayList<>(2);
        String source = source(event.getTenant(), event.getSource());
        if (!source.isEmpty()) {
            subjects.add(new Subject(SubjectKind.SOURCE, event.getTenant(), source));
        }
        Card card = event.getCard();
        if (card != null && !card.getBin().isEmpty()) {
            subjects.add(new Subject(SubjectKind.BIN, event.getTenant(), card.getBin()));
        }
        return subjects;
    }

    private static boolean triesACard(PaymentEventType type) {
        return switch (type) {
            case AUTHORISED, DECLINED, ENROLLED, CAPTURED -> true;
            case VOIDED,
                    REFUNDED,
                    CHARGED_BACK,
                    CHARGEBACK_WON,
                    CHARGEBACK_LOST,
                    RETURNED,
                    PROCESSOR_FEE,
                    DEPOSITED,
                    FUNDED -> false;
        };
    }

    private static boolean isRisky(PaymentEvent event) {
        EntryMode mode = event.getEntryMode();
        if (mode == EntryMode.CHIP || mode == EntryMode.CONTACTLESS) {
            return false;
        }
        // A saved card was tried when it was saved; a night's autopay run, or its second try of all that failed, would
        // look like testing from one source.
        if (mode == EntryMode.TOKEN && event.getType() != PaymentEventType.ENROLLED) {
            return false;
        }
        Channel channel = event.getChannel();
        return switch (channel) {
            case WEB, PHONE -> true;
            case COUNTER, KIOSK -> mode == EntryMode.KEYED;
            case MAIL -> false;
        };
    }

    private static Attempt toAttempt(JournalEntry entry, PaymentEvent event) {
        UUID payment = Ids.toUuid(event.getPaymentId());
        // A client's clock that runs ahead must not push the window into the future.
        long atMillis = Math.min(
                event.getOccurredAt().toEpochMilli(), entry.getRecordedAt().toEpochMilli());
        return new Attempt(
                Ids.toUuid(event.getEventId()),
                payment.getMostSignificantBits() ^ payment.getLeastSignificantBits(),
                card(event.getCard()),
                atMillis,
                event.getAmount(),
                event.getCurrency(),
                event.getType(),
                event.getChannel(),
                event.getDeclineClass());
    }

    private static long card(Card card) {
        if (card == null) {
            return Attempt.CARD_UNKNOWN;
        }
        if (!card.getFingerprint().isEmpty()) {
            return hash64("fingerprint|" + card.getFingerprint());
        }
        // Processors give no fingerprint for a number that does not exist: the usual case in an enumeration.
        return card.getLastFour().isEmpty()
                ? Attempt.CARD_UNKNOWN
                : hash64("digits|" + card.getBin() + "|" + card.getLastFour());
    }

    private static String source(String tenant, Source source) {
        if (!source.getIpHash().isEmpty()) {
            return source.getIpHash();
        }
        if (!source.getDeviceHash().isEmpty()) {
            return source.getDeviceHash();
        }
        if (source.getSession().isEmpty()) {
            return "";
        }
        byte[] digest = sha256("session|" + tenant + "|" + source.getSession());
        return HexFormat.of().formatHex(digest, 0, SESSION_HASH_BYTES);
    }

    private static long hash64(String text) {
        long hash = ByteBuffer.wrap(sha256(text)).getLong();
        return hash == Attempt.CARD_UNKNOWN ? 1 : hash;
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
