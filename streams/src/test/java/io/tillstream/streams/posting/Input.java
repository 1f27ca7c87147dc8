package io.tillstream.streams.posting;

import io.tillstream.schemas.BusinessDayClose;
import io.tillstream.schemas.PaymentEvent;
import io.tillstream.schemas.QuarantineReason;
import io.tillstream.schemas.TenantTerms;

/** One record of payments.events, with what it means. */
sealed interface Input {
    /** The record's value. */
    byte[] value();

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Event(PaymentEvent event, byte[] value) implements Input {}

    @SuppressWarnings("ArrayRecordComponent")
    record Terms(TenantTerms terms, byte[] value) implements Input {}

    @SuppressWarnings("ArrayRecordComponent")
    record Close(BusinessDayClose close, byte[] value) implements Input {}

    @SuppressWarnings("ArrayRecordComponent")
    record Malformed(QuarantineReason reason, byte[] value) implements Input {}
}
