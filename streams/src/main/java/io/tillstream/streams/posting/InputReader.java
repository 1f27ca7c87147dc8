package io.tillstream.streams.posting;

import io.tillstream.schemas.AvroCodec;
import io.tillstream.schemas.BusinessDayClose;
import io.tillstream.schemas.PaymentEvent;
import io.tillstream.schemas.PaymentEventType;
import io.tillstream.schemas.QuarantineReason;
import io.tillstream.schemas.TenantTerms;
import io.tillstream.schemas.Tender;
import io.tillstream.schemas.UnreadableRecordException;
import io.tillstream.schemas.WireFormat;
import io.tillstream.schemas.hot.EventView;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * Reads one value of payments.events. Events of the current version are walked as bytes; other versions are brought to the current
 * one by Avro first.
 */
final class InputReader {
    /** What a value turned out to be. */
    enum Kind {
        EVENT,
        TERMS,
        CLOSE
    }

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long MICROS_PER_MILLISECOND = 1_000;
    private static final long EARLIEST_MICROS = micros(LocalDate.of(2000, 1, 1));
    private static final long LATEST_MICROS = micros(LocalDate.of(2200, 1, 1));
    private static final long AHEAD_MICROS_MAX = 24 * 3600 * MICROS_PER_SECOND;

    /** A thousand items of half a kilobyte each. An entry holds the event and must fit the journal's largest record. */
    private static final int VALUE_BYTES_MAX = 512 * 1024;

    private final PostingCodecs codecs;
    private final EventView event = new EventView();
    private final Map<Integer, Kind> kinds = new HashMap<>();
    private final int eventSchemaId;

    InputReader(PostingCodecs codecs) {
        this.codecs = codecs;
        eventSchemaId = codecs.events().schemaId();
        kinds.put(eventSchemaId, Kind.EVENT);
        kinds.put(codecs.terms().schemaId(), Kind.TERMS);
        kinds.put(codecs.closes().schemaId(), Kind.CLOSE);
    }

    /**
     * Reads a value; for EVENT, {@link #event} is filled.
     *
     * @param timestampMs of the record, against which the event's times are held: its id is forgotten after two horizons of
     *     business days, so one that says that it comes from the future could be posted again after that
     * @throws UnreadableRecordException with the reason, if it must be put aside
     */
    Kind read(byte[] value, long timestampMs) {
        int schemaId = WireFormat.schemaId(value);
        if (value.length > VALUE_BYTES_MAX) {
            throw new UnreadableRecordException(
                    QuarantineReason.TOO_LARGE,
                    "The value has " + value.length + " bytes, at most " + VALUE_BYTES_MAX + " are allowed");
        }
        if (schemaId == eventSchemaId) {
            readEvent(value, timestampMs);
            return Kind.EVENT;
        }
        Kind kind = kinds.get(schemaId);
        if (kind == null) {
            kind = kindOf(schemaId);
            kinds.put(schemaId, kind);
        }
        if (kind == Kind.EVENT) {
            readEvent(codecs.events().encode(codecs.events().decode(value)), timestampMs);
        }
        return kind;
    }

    EventView event() {
        return event;
    }

    TenantTerms terms(byte[] value) {
        TenantTerms terms = codecs.terms().decode(value);
        MarkCheck.check(terms);
        return terms;
    }

    BusinessDayClose close(byte[] value) {
        BusinessDayClose close = codecs.closes().decode(value);
        MarkCheck.check(close);
        return close;
    }

    private Kind kindOf(int schemaId) {
        Schema schema = AvroCodec.writerSchema(codecs.registry(), schemaId);
        String name = schema.getFullName();
        if (name.equals(PaymentEvent.SCHEMA$.getFullName())) {
            return Kind.EVENT;
        }
        if (name.equals(TenantTerms.SCHEMA$.getFullName())) {
            return Kind.TERMS;
        }
        if (name.equals(BusinessDayClose.SCHEMA$.getFullName())) {
            return Kind.CLOSE;
        }
        throw new UnreadableRecordException(
                QuarantineReason.WRONG_SCHEMA,
                "Schema id " + schemaId + " is " + name + ", which does not belong here");
    }

    private void readEvent(byte[] value, long timestampMs) {
        event.wrap(value, WireFormat.HEADER_BYTES, value.length);
        if (event.tenantLength() == 0) {
            throw invalid("tenant is empty");
        }
        if (event.processorLength() == 0 && needsProcessor()) {
            throw invalid("processor is empty; " + event.type() + " by " + event.tender() + " needs one");
        }
        for (int item = 0; item < event.itemCount(); item++) {
            if (event.fundLength(item) == 0) {
                throw invalid("items[" + item + "].fund is empty");
            }
        }
        checkTime("occurredAt", event.occurredAtMicros());
        checkTime("receivedAt", event.receivedAtMicros());
        if (event.occurredAtMicros() > event.receivedAtMicros() + AHEAD_MICROS_MAX) {
            throw new UnreadableRecordException(
                    QuarantineReason.INVALID_TIME, "occurredAt is more than a day after receivedAt");
        }
        if (event.receivedAtMicros() > timestampMs * MICROS_PER_MILLISECOND + AHEAD_MICROS_MAX) {
            throw new UnreadableRecordException(
                    QuarantineReason.INVALID_TIME, "receivedAt is more than a day after the record's timestamp");
        }
    }

    private boolean needsProcessor() {
        PaymentEventType type = event.type();
        boolean byProcessor = event.tender() == Tender.CARD || event.tender() == Tender.ECHECK;
        return type == PaymentEventType.PROCESSOR_FEE
                || type == PaymentEventType.FUNDED
                || (type == PaymentEventType.CAPTURED && byProcessor);
    }

    private static void checkTime(String field, long micros) {
        if (micros < EARLIEST_MICROS || micros >= LATEST_MICROS) {
            throw new UnreadableRecordException(
                    QuarantineReason.INVALID_TIME, field + " is not between the years 2000 and 2199");
        }
    }

    private static UnreadableRecordException invalid(String what) {
        return new UnreadableRecordException(QuarantineReason.INVALID_FIELD, what);
    }

    private static long micros(LocalDate date) {
        return date.atStartOfDay().toEpochSecond(ZoneOffset.UTC) * MICROS_PER_SECOND;
    }
}
