package io.tillstream.ingest.intake;

import static io.tillstream.ingest.intake.InvalidPaymentException.forbidden;
import static io.tillstream.ingest.intake.InvalidPaymentException.invalid;

import io.tillstream.ingest.tenants.TenantProfile;
import io.tillstream.schemas.AvsResult;
import io.tillstream.schemas.BillType;
import io.tillstream.schemas.Card;
import io.tillstream.schemas.Channel;
import io.tillstream.schemas.CvvResult;
import io.tillstream.schemas.DeclineClass;
import io.tillstream.schemas.EntryMode;
import io.tillstream.schemas.Ids;
import io.tillstream.schemas.Item;
import io.tillstream.schemas.PaymentEvent;
import io.tillstream.schemas.PaymentEventType;
import io.tillstream.schemas.Source;
import io.tillstream.schemas.Tender;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/** Makes an event of a draft, or says which field is wrong and why. Knows no clock: the time of receipt comes in. */
final class PaymentRules {
    /** How far a client's clock may be ahead of ours. */
    static final Duration AHEAD_MAX = Duration.ofMinutes(5);

    /** Nothing that is paid today happened before; day files of earlier years may still be imported. */
    static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

    private static final Pattern UUID_FORM =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
    private static final Pattern BIN = Pattern.compile("[0-9]{6,8}");
    private static final Pattern LAST_FOUR = Pattern.compile("[0-9]{4}");
    private static final int CODE_MAX = 40;
    private static final int TOKEN_MAX = 64;
    private static final int SESSION_MAX = 128;
    private static final int REFERENCE_MAX = 128;
    private static final int DEVICE_MAX = 512;

    private final SourceHashes hashes;

    PaymentRules(SourceHashes hashes) {
        this.hashes = hashes;
    }

    /** Whose event it is, from the credential, the key and the clock. */
    record Origin(TenantProfile tenant, Channel channel, UUID eventId, Instant receivedAt) {
        Origin {
            receivedAt = receivedAt.truncatedTo(ChronoUnit.MICROS);
        }
    }

    PaymentEvent judge(PaymentDraft draft, Origin origin) throws InvalidPaymentException {
        PaymentEventType type = required(EnumNames.TYPES, "type", draft.type);
        TypeRules rules = TypeRules.of(type);
        Tender tender = required(EnumNames.TENDERS, "tender", draft.tender);
        checkAllowed(type, rules, tender, origin.channel());
        Instant occurredAt = occurredAt(draft.occurredAt, origin.receivedAt());
        return new PaymentEvent(
                Ids.toId(origin.eventId()),
                Ids.toId(paymentId(draft.paymentId, rules, origin.eventId())),
                type,
                origin.channel(),
                tender,
                entryMode(draft.entryMode, tender),
                declineClass(draft.declineClass, type),
                optional(EnumNames.AVS_RESULTS, "avsResult", draft.avsResult, AvsResult.NONE),
                optional(EnumNames.CVV_RESULTS, "cvvResult", draft.cvvResult, CvvResult.NONE),
                origin.receivedAt(),
                occurredAt,
                amount(draft.amount, type),
                convenienceFee(draft.convenienceFee),
                currency(draft.currency),
                origin.tenant().tenant(),
                processor(draft.processor, tender, occurredAt, origin.tenant()),
                items(draft.items, rules, origin.tenant()),
                card(draft.card, tender),
                text(TextRule.TOKEN, "payerReference", draft.payerReference, TOKEN_MAX),
                text(TextRule.PRINTABLE, "clientReference", draft.clientReference, REFERENCE_MAX),
                source(draft.source));
    }

    private static void checkAllowed(PaymentEventType type, TypeRules rules, Tender tender, Channel channel)
            throws InvalidPaymentException {
        if (!rules.channels().contains(channel)) {
            throw forbidden("type", "is not taken from channel " + channel);
        }
        if (!rules.tenders().contains(tender)) {
            throw invalid("tender", type + " is about " + rules.tenders());
        }
        if (type == PaymentEventType.CAPTURED && !TypeRules.takes(channel, tender)) {
            throw forbidden("tender", "is not taken on channel " + channel);
        }
    }

    private static UUID paymentId(String text, TypeRules rules, UUID eventId) throws InvalidPaymentException {
        if (text == null) {
            if (rules.naming() == TypeRules.Naming.MUST) {
                throw invalid("paymentId", "is required for this type");
            }
            return eventId;
        }
        if (rules.naming() == TypeRules.Naming.NEVER) {
            throw invalid("paymentId", "is not taken for this type");
        }
        if (!UUID_FORM.matcher(text).matches()) {
            throw invalid("paymentId", "is not a UUID");
        }
        UUID paymentId = UUID.fromString(text);
        if (paymentId.equals(Ids.NONE)) {
            throw invalid("paymentId", "is the nil UUID");
        }
        return paymentId;
    }

    private static Instant occurredAt(String text, Instant receivedAt) throws InvalidPaymentException {
        if (text == null) {
            return receivedAt;
        }
        Instant occurredAt = time(text);
        if (occurredAt.isAfter(receivedAt.plus(AHEAD_MAX))) {
            throw invalid("occurredAt", "is more than " + AHEAD_MAX.toMinutes() + " minutes ahead");
        }
        if (occurredAt.isBefore(EARLIEST)) {
            throw invalid("occurredAt", "is before " + EARLIEST);
        }
        return occurredAt;
    }

    private static Instant time(String text) throws InvalidPaymentException {
        try {
            return Times.parse(text).truncatedTo(ChronoUnit.MICROS);
        } catch (DateTimeException e) {
            throw invalid("occurredAt", "is not a time with offset such as 2026-11-22T10:15:30Z");
        }
    }

    private static EntryMode entryMode(String text, Tender tender) throws InvalidPaymentException {
        EntryMode mode = optional(EnumNames.ENTRY_MODES, "entryMode", text, EntryMode.NONE);
        if (mode != EntryMode.NONE && tender != Tender.CARD) {
            throw invalid("entryMode", "is taken with tender CARD only");
        }
        return mode;
    }

    private static DeclineClass declineClass(String text, PaymentEventType type) throws InvalidPaymentException {
        DeclineClass found = optional(EnumNames.DECLINE_CLASSES, "declineClass", text, DeclineClass.NONE);
        boolean isDecline = type == PaymentEventType.DECLINED;
        if (isDecline && found == DeclineClass.NONE) {
            throw invalid("declineClass", "is required for DECLINED");
        }
        if (!isDecline && found != DeclineClass.NONE) {
            throw invalid("declineClass", "is taken for DECLINED only");
        }
        return found;
    }

    /** Only there or not: whether it is positive and not too large is posting's to say. */
    private static long amount(Long amount, PaymentEventType type) throws InvalidPaymentException {
        if (amount != null) {
            return amount;
        }
        if (type == PaymentEventType.ENROLLED) {
            return 0; // saving a card need not cost anything
        }
        throw invalid("amount", "is required");
    }

    private static long convenienceFee(Long fee) throws InvalidPaymentException {
        if (fee == null) {
            return 0;
        }
        if (fee < 0) {
            throw invalid("convenienceFee", "is negative");
        }
        return fee;
    }

    private static String currency(String code) throws InvalidPaymentException {
        if (code == null) {
            throw invalid("currency", "is required");
        }
        try {
            Currency known = Currency.getInstance(code);
            if (known.getDefaultFractionDigits() >= 0) {
                return known.getCurrencyCode();
            }
        } catch (IllegalArgumentException e) {
            throw invalid("currency", "is not an ISO 4217 code");
        }
        throw invalid("currency", "is not money");
    }

    private static String processor(String code, Tender tender, Instant occurredAt, TenantProfile tenant)
            throws InvalidPaymentException {
        if (tender == Tender.CASH || tender == Tender.CHECK) {
            if (code != null && !code.isEmpty()) {
                throw invalid("processor", "is not taken for cash and checks");
            }
            return "";
        }
        if (code != null && !tenant.hasProcessor(code)) {
            throw invalid("processor", "is not one of the tenant's");
        }
        String effective = code == null ? tenant.processorAt(occurredAt) : code;
        if (effective.isEmpty()) {
            throw invalid("processor", "is required: the tenant has none");
        }
        return effective;
    }

    private static List<Item> items(List<PaymentDraft.ItemDraft> drafts, TypeRules rules, TenantProfile tenant)
            throws InvalidPaymentException {
        if (drafts == null || drafts.isEmpty()) {
            return List.of();
        }
        if (!rules.takesItems()) {
            throw invalid("items", "are not taken for this type");
        }
        List<Item> items = new ArrayList<>(drafts.size());
        for (int i = 0; i < drafts.size(); i++) {
            items.add(item(drafts.get(i), "items[" + i + "].", tenant));
        }
        return items;
    }

    private static Item item(PaymentDraft.ItemDraft draft, String prefix, TenantProfile tenant)
            throws InvalidPaymentException {
        BillType billType = required(EnumNames.BILL_TYPES, prefix + "billType", draft.billType);
        if (draft.amount == null) {
            throw invalid(prefix + "amount", "is required");
        }
        if (draft.amount <= 0) {
            throw invalid(prefix + "amount", "is not positive");
        }
        if (draft.fund == null) {
            throw invalid(prefix + "fund", "is required");
        }
        if (!tenant.funds().contains(draft.fund)) {
            throw invalid(prefix + "fund", "is not one of the tenant's");
        }
        return new Item(
                billType,
                draft.amount,
                draft.fund,
                text(TextRule.ACCOUNT, prefix + "billAccount", draft.billAccount, TOKEN_MAX));
    }

    private static Card card(PaymentDraft.CardDraft draft, Tender tender) throws InvalidPaymentException {
        if (draft == null) {
            return null;
        }
        if (tender != Tender.CARD) {
            throw invalid("card", "is taken with tender CARD only");
        }
        String fingerprint = text(TextRule.TOKEN, "card.fingerprint", draft.fingerprint, TOKEN_MAX);
        if (fingerprint.chars().noneMatch(Character::isLetter)) {
            throw invalid("card.fingerprint", "is required: the processor's token for the card, not a number");
        }
        return new Card(
                fingerprint,
                digits(BIN, "card.bin", draft.bin, "has 6 to 8 digits"),
                digits(LAST_FOUR, "card.lastFour", draft.lastFour, "has 4 digits"),
                text(TextRule.ACCOUNT, "card.brand", draft.brand, CODE_MAX));
    }

    private static String digits(Pattern form, String field, String text, String reason)
            throws InvalidPaymentException {
        if (text == null || text.isEmpty()) {
            return "";
        }
        if (!form.matcher(text).matches()) {
            throw invalid(field, reason);
        }
        return text;
    }

    private Source source(PaymentDraft.SourceDraft draft) throws InvalidPaymentException {
        if (draft == null) {
            return new Source("", "", "", "", "", "");
        }
        String ipHash = "";
        if (draft.ip != null && !draft.ip.isEmpty()) {
            ipHash = hashes.ofAddress(draft.ip).orElseThrow(() -> invalid("source.ip", "is not an IP address"));
        }
        String device = text(TextRule.PRINTABLE, "source.device", draft.device, DEVICE_MAX);
        return new Source(
                ipHash,
                device.isEmpty() ? "" : hashes.ofDevice(device),
                text(TextRule.TOKEN, "source.pageVersion", draft.pageVersion, TOKEN_MAX),
                text(TextRule.TOKEN, "source.terminal", draft.terminal, TOKEN_MAX),
                text(TextRule.TOKEN, "source.cashier", draft.cashier, TOKEN_MAX),
                text(TextRule.TOKEN, "source.session", draft.session, SESSION_MAX));
    }

    private static String text(TextRule rule, String field, String text, int lengthMax) throws InvalidPaymentException {
        if (text == null) {
            return "";
        }
        rule.check(field, text, lengthMax);
        return text;
    }

    private static <E extends Enum<E>> E required(EnumNames<E> names, String field, String text)
            throws InvalidPaymentException {
        if (text == null) {
            throw invalid(field, "is required");
        }
        return optional(names, field, text, null);
    }

    private static <E extends Enum<E>> E optional(EnumNames<E> names, String field, String text, E absent)
            throws InvalidPaymentException {
        if (text == null) {
            return absent;
        }
        E found = names.find(text);
        if (found == null) {
            throw invalid(field, "is not one of " + names.list());
        }
        return found;
    }
}
