package io.tillstream.ingest.intake;

import io.tillstream.schemas.Channel;
import io.tillstream.schemas.PaymentEventType;
import io.tillstream.schemas.Tender;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * What an event of a type has to say and who may say it; one row per type.
 *
 * @param naming whether it names an earlier payment
 * @param tenders tenders that it can be about
 * @param channels channels that may send it
 * @param takesItems whether it can name bill items
 */
record TypeRules(Naming naming, Set<Tender> tenders, Set<Channel> channels, boolean takesItems) {
    /** Whether an event names the payment it belongs to. */
    enum Naming {
        MUST,
        MAY,
        NEVER
    }

    private static final Set<Tender> ANY_TENDER = EnumSet.allOf(Tender.class);
    private static final Set<Tender> ELECTRONIC = EnumSet.of(Tender.CARD, Tender.ECHECK);
    private static final Set<Tender> BOUNCES = EnumSet.of(Tender.ECHECK, Tender.CHECK);
    private static final Set<Tender> PAPER = EnumSet.of(Tender.CASH, Tender.CHECK);
    private static final Set<Channel> ANY_CHANNEL = EnumSet.allOf(Channel.class);
    private static final Set<Channel> WITH_TILL = EnumSet.of(Channel.COUNTER, Channel.KIOSK, Channel.MAIL);

    /** Channels behind which only staff work: facts about the bank and the processor do not come from a public page or kiosk. */
    private static final Set<Channel> STAFFED = EnumSet.of(Channel.COUNTER, Channel.MAIL);

    private static final Map<PaymentEventType, TypeRules> BY_TYPE = new EnumMap<>(PaymentEventType.class);

    static {
        for (PaymentEventType type : PaymentEventType.values()) {
            BY_TYPE.put(type, rulesOf(type));
        }
    }

    static TypeRules of(PaymentEventType type) {
        return BY_TYPE.get(type);
    }

    private static TypeRules rulesOf(PaymentEventType type) {
        return switch (type) {
            case AUTHORISED, DECLINED, ENROLLED -> new TypeRules(Naming.MAY, ELECTRONIC, ANY_CHANNEL, true);
            case CAPTURED -> new TypeRules(Naming.MAY, ANY_TENDER, ANY_CHANNEL, true);
            case VOIDED, REFUNDED -> new TypeRules(Naming.MUST, ANY_TENDER, ANY_CHANNEL, true);
            case CHARGED_BACK, CHARGEBACK_WON, CHARGEBACK_LOST ->
                new TypeRules(Naming.MUST, ELECTRONIC, ANY_CHANNEL, true);
            case RETURNED -> new TypeRules(Naming.MUST, BOUNCES, ANY_CHANNEL, true);
            case PROCESSOR_FEE -> new TypeRules(Naming.MAY, ELECTRONIC, STAFFED, false);
            case DEPOSITED -> new TypeRules(Naming.NEVER, PAPER, WITH_TILL, false);
            case FUNDED -> new TypeRules(Naming.NEVER, ELECTRONIC, STAFFED, false);
        };
    }

    /** Cash and checks are handed over; a web page and a telephone have no till. */
    static boolean takes(Channel channel, Tender tender) {
        return ELECTRONIC.contains(tender) || WITH_TILL.contains(channel);
    }
}
