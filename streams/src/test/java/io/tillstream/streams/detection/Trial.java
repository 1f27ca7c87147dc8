package io.tillstream.streams.detection;

import io.tillstream.schemas.Channel;
import io.tillstream.schemas.DeclineClass;
import io.tillstream.schemas.EntryMode;
import io.tillstream.schemas.Ids;
import io.tillstream.schemas.JournalEntry;
import io.tillstream.schemas.PaymentEvent;
import io.tillstream.schemas.PaymentEventType;
import io.tillstream.schemas.Source;
import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;

/**
 * One journal entry of generated traffic, and who made it.
 *
 * @param attack number of the attack; 0 for honest traffic
 */
record Trial(JournalEntry entry, int attack) {
    static final Comparator<Trial> IN_ORDER =
            Comparator.comparing(trial -> trial.entry().getRecordedAt());

    /** A card as its processor shows it. */
    record Card(String fingerprint, String bin, String lastFour) {}

    /** How a card is used: what does not change from try to try. */
    record Use(String tenant, String ip, Channel channel, EntryMode entryMode) {}

    static Trial of(
            int attack,
            UUID id,
            UUID payment,
            PaymentEventType type,
            Use use,
            Card card,
            long atMillis,
            long amount,
            DeclineClass declineClass) {
        Instant at = Instant.ofEpochMilli(atMillis);
        PaymentEvent event = Journal.event(0, at);
        event.setEventId(Ids.toId(id));
        event.setPaymentId(Ids.toId(payment));
        event.setType(type);
        event.setTenant(use.tenant());
        event.setChannel(use.channel());
        event.setEntryMode(use.entryMode());
        event.setSource(new Source(use.ip(), "", "", "", "", ""));
        event.setCard(new io.tillstream.schemas.Card(card.fingerprint(), card.bin(), card.lastFour(), ""));
        event.setAmount(amount);
        event.setDeclineClass(declineClass);
        return new Trial(Journal.entry(event, at), attack);
    }
}
