package io.tillstream.streams.posting;

import io.tillstream.schemas.Channel;
import io.tillstream.schemas.PaymentEventType;
import io.tillstream.schemas.Refusal;
import io.tillstream.schemas.Tender;
import io.tillstream.schemas.hot.EventView;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * The posting rules of DOMAIN section 3: from the state and an event to a {@link Decision}. Changes nothing, knows no Kafka type,
 * clock or setting. MISROUTED is decided before, by the shell, which alone knows partitions.
 */
class Decider {
    private static final long MICROS_PER_DAY = 86_400_000_000L;
    private static final Map<Channel, byte[]> CHANNEL_NAMES = channelNames();

    private final Decision decision = new Decision();
    private long[] shares = new long[8];

    /**
     * Decides on an event that has just arrived. The result is good until the next call.
     *
     * @param tenant the event's; null if no entry has named it
     */
    Decision decide(Ledger ledger, Tenants.Tenant tenant, EventView event) {
        Decision out = decision.record(event.tender());
        if (tenant == null || !tenant.known) {
            return out.refuse(Refusal.TENANT_UNKNOWN, "No terms of this tenant have been applied");
        }
        Refusal duplicate = duplicateOf(ledger.payments(), tenant, event);
        if (duplicate != Refusal.NONE) {
            return out.refuse(
                    duplicate,
                    duplicate == Refusal.DUPLICATE
                            ? "The event has been recorded"
                            : "An event with this id and another body has been recorded");
        }
        if (!isAcceptable(tenant, event, out)) {
            return out;
        }
        return byType(ledger, tenant, event, out, true);
    }

    /** Decides on a parked event whose payment has come; what does not depend on the payment was decided when it was parked. */
    Decision decideParked(Ledger ledger, Tenants.Tenant tenant, EventView event) {
        return byType(ledger, tenant, event, decision.record(event.tender()), false);
    }

    /** DUPLICATE, CONFLICTING_DUPLICATE or NONE. Overridden only by a test that shows what happens without it. */
    Refusal duplicateOf(Payments payments, Tenants.Tenant tenant, EventView event) {
        int known = payments.findEvent(tenant.number, event.eventIdHigh(), event.eventIdLow());
        if (known == Payments.NONE) {
            return Refusal.NONE;
        }
        return payments.bodyHash(known) == event.bodyHash() ? Refusal.DUPLICATE : Refusal.CONFLICTING_DUPLICATE;
    }

    private static boolean isAcceptable(Tenants.Tenant tenant, EventView event, Decision out) {
        if (!isAmountPositive(event)) {
            out.refuse(Refusal.AMOUNT_NOT_POSITIVE, "amount, convenienceFee or an item's amount");
            return false;
        }
        if (event.amount() > tenant.amountMax) {
            out.refuse(Refusal.AMOUNT_TOO_LARGE, "The tenant's limit is " + tenant.amountMax + " minor units");
            return false;
        }
        byte[] currency = tenant.currency;
        if (currency.length != event.currencyLength()
                || !Bytes.same(currency, 0, event.bytes(), event.currencyAt(), currency.length)) {
            out.refuse(
                    Refusal.CURRENCY_NOT_OF_TENANT,
                    "The tenant's currency is " + new String(currency, StandardCharsets.US_ASCII));
            return false;
        }
        if (unapplied(event) < 0) {
            out.refuse(Refusal.ITEMS_EXCEED_AMOUNT, "Items and convenience fee add up to more than the amount");
            return false;
        }
        long occurredOn = Math.floorDiv(event.occurredAtMicros(), MICROS_PER_DAY);
        if (occurredOn < tenant.oldestDate) {
            out.refuse(
                    Refusal.OUTSIDE_HORIZON,
                    "The event occurred before the oldest business date that can still be referred to");
            return false;
        }
        // Its id is forgotten with the open date, two horizons from now; by then its own time must be outside the
        // horizon.
        if (occurredOn > tenant.openDate + (long) tenant.horizonDays) {
            out.refuse(
                    Refusal.OUTSIDE_HORIZON,
                    "The event occurred further after the open business date than the horizon reaches");
            return false;
        }
        return true;
    }

    private static boolean isAmountPositive(EventView event) {
        boolean zeroAllowed = event.type() == PaymentEventType.AUTHORISED // card checks are authorisations of nothing
                || event.type() == PaymentEventType.DECLINED
                || event.type() == PaymentEventType.ENROLLED;
        if (event.amount() < (zeroAllowed ? 0 : 1) || event.convenienceFee() < 0) {
            return false;
        }
        for (int item = 0; item < event.itemCount(); item++) {
            if (event.itemAmount(item) <= 0) {
                return false;
            }
        }
        return true;
    }

    /** What items and fee leave of the amount; negative if they exceed it. All are at least zero here. */
    private static long unapplied(EventView event) {
        long left = event.amount() - event.convenienceFee();
        for (int item = 0; item < event.itemCount() && left >= 0; item++) {
            left -= event.itemAmount(item);
        }
        return left;
    }

    private Decision byType(Ledger ledger, Tenants.Tenant tenant, EventView event, Decision out, boolean mayPark) {
        return switch (event.type()) {
            case AUTHORISED, DECLINED, ENROLLED -> out;
            case CAPTURED -> captured(ledger, tenant, event, out);
            case PROCESSOR_FEE -> processorFee(event, out);
            case DEPOSITED -> deposited(event, out);
            case FUNDED -> funded(event, out);
            case VOIDED, REFUNDED, CHARGED_BACK, CHARGEBACK_WON, CHARGEBACK_LOST, RETURNED ->
                followUp(ledger, tenant, event, out, mayPark);
        };
    }

    private static Decision captured(Ledger ledger, Tenants.Tenant tenant, EventView event, Decision out) {
        int row = ledger.payments().findPayment(tenant.number, event.paymentIdHigh(), event.paymentIdLow());
        if (row != Payments.NONE) {
            return out.refuse(Refusal.CONFLICTING_DUPLICATE, "The payment has been captured by another event");
        }
        // After this point the posting must succeed.
        throughOf(event, out);
        out.postThrough(event.amount());
        for (int item = 0; item < event.itemCount(); item++) {
            out.post(-event.itemAmount(item), Accounts.FUND, event.bytes(), event.fundAt(item), event.fundLength(item));
        }
        postIfAny(out, -event.convenienceFee(), Accounts.CONVENIENCE_FEE);
        postIfAny(out, -unapplied(event), Accounts.UNAPPLIED);
        return out;
    }

    private static Decision processorFee(EventView event, Decision out) {
        out.through(Accounts.CLEARING, event.bytes(), event.processorAt(), event.processorLength());
        out.post(event.amount(), Accounts.PROCESSOR_FEE);
        out.postThrough(-event.amount());
        return out;
    }

    private static Decision deposited(EventView event, Decision out) {
        byte[] channel = CHANNEL_NAMES.get(event.channel());
        out.through(Accounts.TILL, channel, 0, channel.length);
        out.post(event.amount(), Accounts.BANK);
        out.postThrough(-event.amount());
        return out;
    }

    private static Decision funded(EventView event, Decision out) {
        out.through(Accounts.IN_TRANSIT, event.bytes(), event.processorAt(), event.processorLength());
        out.post(event.amount(), Accounts.BANK);
        out.postThrough(-event.amount());
        return out;
    }

    private Decision followUp(Ledger ledger, Tenants.Tenant tenant, EventView event, Decision out, boolean mayPark) {
        Payments payments = ledger.payments();
        int row = payments.findPayment(tenant.number, event.paymentIdHigh(), event.paymentIdLow());
        if (row == Payments.NONE) {
            return mayPark && tenant.parkedCloses > 0
                    ? out.park()
                    : out.refuse(Refusal.PAYMENT_NOT_FOUND, "No capture of this payment has been recorded");
        }
        Refusal refusal = refusalOf(payments, tenant, event, row);
        if (refusal != Refusal.NONE) {
            return out.refuse(refusal, detailOf(refusal));
        }
        Profiles.Profile profile = payments.profile(row);
        byte[] through = ledger.accountName(profile.through());
        out.tender(profile.tender());
        out.through(through, Decision.EMPTY, 0, 0);
        switch (event.type()) {
            case VOIDED -> turnRound(ledger, event, row, out);
            case REFUNDED, RETURNED -> {
                if (!takeBack(ledger, tenant, event, row, out)) {
                    return out;
                }
                out.postThrough(-event.amount());
            }
            case CHARGED_BACK -> {
                out.post(event.amount(), Accounts.DISPUTE);
                out.postThrough(-event.amount());
            }
            case CHARGEBACK_WON -> {
                out.postThrough(event.amount());
                out.post(-event.amount(), Accounts.DISPUTE);
            }
            case CHARGEBACK_LOST -> {
                if (!takeBack(ledger, tenant, event, row, out)) {
                    return out;
                }
                out.post(-event.amount(), Accounts.DISPUTE);
            }
            case AUTHORISED, DECLINED, ENROLLED, CAPTURED, PROCESSOR_FEE, DEPOSITED, FUNDED ->
                throw new BrokenInvariantException("Posting: " + event.type() + " is no follow-up");
        }
        return out;
    }

    /** The refusals that depend on the payment, by precedence. */
    private static Refusal refusalOf(Payments payments, Tenants.Tenant tenant, EventView event, int row) {
        PaymentEventType type = event.type();
        int businessDate = payments.businessDate(row);
        if (businessDate < tenant.oldestDate) {
            return Refusal.OUTSIDE_HORIZON;
        }
        if (payments.isVoided(row)) {
            return Refusal.PAYMENT_VOIDED;
        }
        if (type == PaymentEventType.VOIDED && businessDate != tenant.openDate) {
            return Refusal.VOID_AFTER_CLOSE;
        }
        long disputed = payments.disputeOpen(row);
        if (type == PaymentEventType.CHARGEBACK_WON || type == PaymentEventType.CHARGEBACK_LOST) {
            return event.amount() > disputed ? Refusal.DISPUTE_NOT_OPEN : Refusal.NONE;
        }
        long left = payments.captured(row) - payments.taken(row) - disputed;
        if (event.amount() > left) {
            return Refusal.EXCEEDS_CAPTURED;
        }
        if (type == PaymentEventType.VOIDED && left != payments.captured(row)) {
            return Refusal.EXCEEDS_CAPTURED;
        }
        if (type == PaymentEventType.VOIDED && event.amount() != left) {
            return Refusal.VOID_NOT_WHOLE;
        }
        return Refusal.NONE;
    }

    private static String detailOf(Refusal refusal) {
        return switch (refusal) {
            case OUTSIDE_HORIZON ->
                "The payment's business date is before the oldest one that can still be referred to";
            case PAYMENT_VOIDED -> "The payment has been voided";
            case VOID_AFTER_CLOSE -> "The payment's business date has been closed";
            case EXCEEDS_CAPTURED -> "More than what refunds, returns and chargebacks have left of the captured amount";
            case DISPUTE_NOT_OPEN -> "More than is in dispute";
            case VOID_NOT_WHOLE -> "A void must name the whole captured amount";
            default -> refusal.name();
        };
    }

    private static void turnRound(Ledger ledger, EventView event, int row, Decision out) {
        Payments payments = ledger.payments();
        for (int line = 0; line < payments.lineCount(row); line++) {
            out.post(payments.lineAmount(row, line), ledger.accountName(payments.lineAccount(row, line)));
        }
        out.postThrough(-event.amount());
    }

    /** Debits the funds: those that the event names, else pro rata of what each line of the payment has left. */
    private boolean takeBack(Ledger ledger, Tenants.Tenant tenant, EventView event, int row, Decision out) {
        int lines = ledger.payments().lineCount(row);
        if (lines > shares.length) {
            shares = new long[2 * lines];
        }
        Arrays.fill(shares, 0, lines, 0);
        boolean named = event.itemCount() > 0 || event.convenienceFee() > 0;
        if (named && !shareAsNamed(ledger, tenant, event, row)) {
            out.record(event.tender())
                    .refuse(
                            Refusal.EXCEEDS_CAPTURED,
                            "More than what is left of the fund, fee or unapplied money that the event names");
            return false;
        }
        if (!named) {
            ProRata.share(event.amount(), ledger.payments(), row, shares);
        }
        for (int line = 0; line < lines; line++) {
            postIfAny(out, shares[line], ledger.accountName(ledger.payments().lineAccount(row, line)));
        }
        return true;
    }

    private boolean shareAsNamed(Ledger ledger, Tenants.Tenant tenant, EventView event, int row) {
        boolean enough = true;
        for (int item = 0; item < event.itemCount(); item++) {
            byte[] account = concatenate(Accounts.FUND, event.bytes(), event.fundAt(item), event.fundLength(item));
            enough &= takeFrom(ledger, tenant, account, event.itemAmount(item), row);
        }
        enough &= takeFrom(ledger, tenant, Accounts.CONVENIENCE_FEE, event.convenienceFee(), row);
        enough &= takeFrom(ledger, tenant, Accounts.UNAPPLIED, unapplied(event), row);
        return enough;
    }

    private boolean takeFrom(Ledger ledger, Tenants.Tenant tenant, byte[] accountName, long amount, int row) {
        if (amount == 0) {
            return true;
        }
        int account = ledger.findAccount(tenant, accountName);
        Payments payments = ledger.payments();
        for (int line = 0; line < payments.lineCount(row); line++) {
            if (payments.lineAccount(row, line) == account) {
                shares[line] += amount;
                return shares[line] <= payments.lineLeft(row, line);
            }
        }
        return false;
    }

    private static void throughOf(EventView event, Decision out) {
        if (event.tender() == Tender.CARD || event.tender() == Tender.ECHECK) {
            out.through(Accounts.CLEARING, event.bytes(), event.processorAt(), event.processorLength());
        } else {
            byte[] channel = CHANNEL_NAMES.get(event.channel());
            out.through(Accounts.TILL, channel, 0, channel.length);
        }
    }

    private static void postIfAny(Decision out, long amount, byte[] account) {
        if (amount != 0) {
            out.post(amount, account);
        }
    }

    private static byte[] concatenate(byte[] prefix, byte[] source, int from, int length) {
        byte[] whole = Arrays.copyOf(prefix, prefix.length + length);
        System.arraycopy(source, from, whole, prefix.length, length);
        return whole;
    }

    private static Map<Channel, byte[]> channelNames() {
        Map<Channel, byte[]> names = new EnumMap<>(Channel.class);
        for (Channel channel : Channel.values()) {
            names.put(channel, channel.name().getBytes(StandardCharsets.US_ASCII));
        }
        return names;
    }
}
