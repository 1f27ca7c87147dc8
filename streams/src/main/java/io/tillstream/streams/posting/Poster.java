package io.tillstream.streams.posting;

import io.tillstream.schemas.BusinessDayClose;
import io.tillstream.schemas.Hash;
import io.tillstream.schemas.JournalEntry;
import io.tillstream.schemas.PaymentEventType;
import io.tillstream.schemas.Quarantined;
import io.tillstream.schemas.Refusal;
import io.tillstream.schemas.Refused;
import io.tillstream.schemas.SettlementPart;
import io.tillstream.schemas.TenantTerms;
import io.tillstream.schemas.Topics;
import io.tillstream.schemas.UnreadableRecordException;
import io.tillstream.schemas.WireFormat;
import io.tillstream.schemas.hot.EntryView;
import io.tillstream.schemas.hot.EventView;
import io.tillstream.schemas.hot.Placement;
import io.tillstream.schemas.hot.RefusedWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;

/**
 * One partition's posting, without Kafka: a record in, entries and refusals out. Reads, decides, writes the entry, applies it, and
 * hands it on, in this order and for one record after the other.
 */
final class Poster {
    private final PostingCodecs codecs;
    private final int partition;
    private final int partitionCount;
    private final PostingOutput output;
    private final Decider decider;
    private final InputReader input;
    private final EntryComposer composer;
    private final MarkReader entries = new MarkReader();
    private final RefusedWriter refusals = new RefusedWriter();
    private final Placement placement = new Placement();
    private final EventView ahead = new EventView();
    private final EventView released = new EventView();

    Poster(PostingCodecs codecs, int partition, int partitionCount, Decider decider, PostingOutput output) {
        this.codecs = codecs;
        this.partition = partition;
        this.partitionCount = partitionCount;
        this.output = output;
        this.decider = decider;
        input = new InputReader(codecs);
        composer = new EntryComposer(codecs, partition);
    }

    /** Brings what posting this value will look at into the processor's cache; changes nothing, and takes any value. */
    void expect(Ledger ledger, byte[] value) {
        if (value != null && ahead.wrapIds(value, WireFormat.HEADER_BYTES)) {
            ledger.payments().expect(ahead.eventIdHigh(), ahead.eventIdLow());
            if (!ahead.beginsPayment()) {
                ledger.payments().expect(ahead.paymentIdHigh(), ahead.paymentIdLow());
            }
        }
    }

    /** Posts one input record to the ledger. */
    void post(Ledger ledger, byte[] value, long offset, long timestampMs) {
        try {
            switch (input.read(value, timestampMs)) {
                case EVENT -> postEvent(ledger, offset, timestampMs);
                case TERMS -> setTerms(ledger, input.terms(value), new EntryComposer.Origin(offset, timestampMs));
                case CLOSE -> closeDay(ledger, input.close(value), new EntryComposer.Origin(offset, timestampMs));
            }
        } catch (UnreadableRecordException e) {
            quarantine(value, e, offset, timestampMs);
        }
    }

    private void postEvent(Ledger ledger, long offset, long timestampMs) {
        EventView event = input.event();
        if (isMisrouted(event)) {
            refuse(
                    event,
                    Refusal.MISROUTED,
                    "The key tenant:paymentId does not belong to this partition",
                    offset,
                    timestampMs);
            return;
        }
        Tenants.Tenant tenant = ledger.tenants().find(event.bytes(), event.tenantAt(), event.tenantLength());
        Decision decision = decider.decide(ledger, tenant, event);
        if (decision.isRefused()) {
            refuse(event, decision.refusal(), decision.detail(), offset, timestampMs);
            return;
        }
        emit(ledger, tenant, composer.event(ledger, tenant, event, decision, offset, timestampMs));
        if (event.type() == PaymentEventType.CAPTURED && !ledger.parked().isEmpty()) {
            release(ledger, tenant, event, new EntryComposer.Origin(offset, timestampMs));
        }
    }

    private void emit(Ledger ledger, Tenants.Tenant tenant, EntryView entry) {
        ledger.applyNew(entry, tenant);
        output.entry(entry.bytes());
    }

    private void emitMark(Ledger ledger, byte[] entry) {
        ledger.applyNew(entry);
        output.entry(entry);
    }

    /** Duplicates of a record that another client placed in another partition could not be found. */
    private boolean isMisrouted(EventView event) {
        return placement.partition(event, partitionCount) != partition;
    }

    private void release(Ledger ledger, Tenants.Tenant tenant, EventView capture, EntryComposer.Origin origin) {
        for (ParkedEvents.Parked waiting :
                ledger.parked().of(tenant.number, capture.paymentIdHigh(), capture.paymentIdLow())) {
            released.wrap(waiting.event(), 0, waiting.event().length);
            Decision decision = decider.decideParked(ledger, tenant, released);
            settleParked(ledger, tenant, waiting, decision, origin);
        }
    }

    private void settleParked(
            Ledger ledger,
            Tenants.Tenant tenant,
            ParkedEvents.Parked waiting,
            Decision decision,
            EntryComposer.Origin origin) {
        Refusal refusal = decision.refusal();
        String detail = decision.detail();
        emit(ledger, tenant, composer.parked(ledger, tenant, released, decision, origin, waiting.sequence()));
        if (refusal != Refusal.NONE) {
            refuse(released, refusal, detail + ", when it was released", origin.offset(), origin.timestampMs());
        }
    }

    private void setTerms(Ledger ledger, TenantTerms terms, EntryComposer.Origin origin) {
        byte[] name = terms.getTenant().getBytes(StandardCharsets.UTF_8);
        Tenants.Tenant tenant = ledger.tenants().find(name, 0, name.length);
        boolean known = tenant != null && tenant.known;
        if (known && !terms.getCurrency().equals(new String(tenant.currency, StandardCharsets.UTF_8))) {
            refuseMark(
                    terms.getTenant(), Refusal.CURRENCY_NOT_OF_TENANT, "A tenant's currency can't be changed", origin);
        } else if (!known || MarkCheck.isChange(tenant, terms)) {
            emitMark(ledger, composer.terms(ledger, tenant, terms, origin));
        }
    }

    private void closeDay(Ledger ledger, BusinessDayClose close, EntryComposer.Origin origin) {
        byte[] name = close.getTenant().getBytes(StandardCharsets.UTF_8);
        Tenants.Tenant tenant = ledger.tenants().find(name, 0, name.length);
        if (tenant == null || !tenant.known) {
            refuseMark(close.getTenant(), Refusal.TENANT_UNKNOWN, "No terms of this tenant have been applied", origin);
            return;
        }
        LocalDate openDate = LocalDate.ofEpochDay(tenant.openDate);
        if (!close.getBusinessDate().equals(openDate)
                || !close.getNextBusinessDate().isAfter(openDate)) {
            String detail = "A close of " + close.getBusinessDate() + " with " + close.getNextBusinessDate()
                    + " next; open is " + openDate;
            refuseMark(close.getTenant(), Refusal.CLOSE_OUT_OF_ORDER, detail, origin);
            return;
        }
        refuseOverdue(ledger, tenant, origin);
        byte[] entry = composer.close(ledger, tenant, close, origin);
        emitMark(ledger, entry);
        output.part(part(entries.entry(entry), close));
    }

    /** Early events that have waited for the bounded number of closes. */
    private void refuseOverdue(Ledger ledger, Tenants.Tenant tenant, EntryComposer.Origin origin) {
        for (ParkedEvents.Parked overdue :
                ledger.parked().upTo(tenant.number, tenant.closeCount + 1 - tenant.parkedCloses)) {
            released.wrap(overdue.event(), 0, overdue.event().length);
            Decision decision = new Decision()
                    .record(released.tender())
                    .refuse(Refusal.PAYMENT_NOT_FOUND, "No capture came within " + tenant.parkedCloses + " closes");
            settleParked(ledger, tenant, overdue, decision, origin);
        }
    }

    private SettlementPart part(JournalEntry entry, BusinessDayClose close) {
        return new SettlementPart(
                entry.getClose().getBatchId(),
                entry.getTenant(),
                entry.getBusinessDate(),
                close.getNextBusinessDate(),
                entry.getCurrency(),
                close.getClosedAt(),
                partition,
                partitionCount,
                entry.getClose().getFirstSequence(),
                entry.getSequence(),
                entry.getClose().getEntryCount(),
                entry.getHash(),
                entry.getClose().getLines());
    }

    private void refuse(EventView event, Refusal reason, String detail, long offset, long timestampMs) {
        int schemaId = codecs.refused().schemaId();
        output.refused(reason, refusals.write(schemaId, reason, detail, partition, offset, timestampMs, event));
    }

    private void refuseMark(String tenant, Refusal reason, String detail, EntryComposer.Origin origin) {
        Instant recordedAt = Instant.ofEpochMilli(origin.timestampMs());
        Refused refused = new Refused(reason, detail, tenant, partition, origin.offset(), recordedAt, null);
        output.refused(reason, codecs.refused().encode(refused));
    }

    private void quarantine(byte[] value, UnreadableRecordException e, long offset, long timestampMs) {
        output.quarantined(new Quarantined(
                e.reason(),
                e.getMessage(),
                "",
                Topics.EVENTS.topicName(),
                partition,
                offset,
                Instant.ofEpochMilli(timestampMs),
                value == null ? 0L : value.length,
                value == null ? null : new Hash(sha256(value))));
    }

    private static byte[] sha256(byte[] value) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(value);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
