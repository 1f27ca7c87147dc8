package io.tillstream.streams.detection;

import io.tillstream.schemas.AvsResult;
import io.tillstream.schemas.Card;
import io.tillstream.schemas.Channel;
import io.tillstream.schemas.CvvResult;
import io.tillstream.schemas.DeclineClass;
import io.tillstream.schemas.EntryKind;
import io.tillstream.schemas.EntryMode;
import io.tillstream.schemas.Hash;
import io.tillstream.schemas.Ids;
import io.tillstream.schemas.JournalEntry;
import io.tillstream.schemas.PaymentEvent;
import io.tillstream.schemas.PaymentEventType;
import io.tillstream.schemas.Refusal;
import io.tillstream.schemas.Source;
import io.tillstream.schemas.Tender;
import io.tillstream.schemas.TrustedRecords;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/** Journal entries of web card payments; tests change what they are about. */
final class Journal {
    static final Instant START = Instant.parse("2026-11-20T10:00:00Z");
    private static final Hash HASH = new Hash(new byte[32]);

    static {
        TrustedRecords.trust();
    }

    private Journal() {}

    /** A declined web payment of 25.00 with its own card, from one address. */
    static JournalEntry declined(int number, Instant at) {
        JournalEntry entry = approved(number, at);
        entry.getEvent().setType(PaymentEventType.DECLINED);
        entry.getEvent().setDeclineClass(DeclineClass.INVALID_CARD);
        return entry;
    }

    /** The same, captured. */
    static JournalEntry approved(int number, Instant at) {
        return entry(event(number, at), at);
    }

    static JournalEntry entry(PaymentEvent event, Instant recordedAt) {
        return new JournalEntry(
                0L,
                EntryKind.RECORDED,
                0,
                LocalDate.EPOCH,
                recordedAt,
                0L,
                -1L,
                Refusal.NONE,
                Tender.CARD,
                "USD",
                event.getTenant(),
                "",
                List.of(),
                event,
                null,
                null,
                HASH);
    }

    static PaymentEvent event(int number, Instant at) {
        UUID id = new UUID(7, number);
        return new PaymentEvent(
                Ids.toId(id),
                Ids.toId(id),
                PaymentEventType.CAPTURED,
                Channel.WEB,
                Tender.CARD,
                EntryMode.ECOMMERCE,
                DeclineClass.NONE,
                AvsResult.NONE,
                CvvResult.NONE,
                at,
                at,
                2500L,
                0L,
                "USD",
                "tulsa",
                "acme",
                List.of(),
                new Card("fingerprint-" + number, "411111", "0000", "VISA"),
                "",
                "",
                new Source("ip-1", "device-1", "", "", "", "session-1"));
    }
}
