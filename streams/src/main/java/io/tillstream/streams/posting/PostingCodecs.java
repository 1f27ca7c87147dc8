package io.tillstream.streams.posting;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.tillstream.schemas.AvroCodec;
import io.tillstream.schemas.BusinessDayClose;
import io.tillstream.schemas.JournalEntry;
import io.tillstream.schemas.PaymentEvent;
import io.tillstream.schemas.Quarantined;
import io.tillstream.schemas.Refused;
import io.tillstream.schemas.SettlementPart;
import io.tillstream.schemas.TenantTerms;
import io.tillstream.schemas.Topics;

/** The codecs of all that posting reads and writes; schema ids are resolved here, once, at start. */
record PostingCodecs(
        SchemaRegistryClient registry,
        AvroCodec<PaymentEvent> events,
        AvroCodec<TenantTerms> terms,
        AvroCodec<BusinessDayClose> closes,
        AvroCodec<JournalEntry> journal,
        AvroCodec<Refused> refused,
        AvroCodec<Quarantined> quarantined,
        AvroCodec<SettlementPart> parts) {

    static PostingCodecs of(SchemaRegistryClient registry) {
        return new PostingCodecs(
                registry,
                AvroCodec.of(Topics.EVENTS, PaymentEvent.class, registry),
                AvroCodec.of(Topics.EVENTS, TenantTerms.class, registry),
                AvroCodec.of(Topics.EVENTS, BusinessDayClose.class, registry),
                AvroCodec.of(Topics.JOURNAL, JournalEntry.class, registry),
                AvroCodec.of(Topics.REFUSED, Refused.class, registry),
                AvroCodec.of(Topics.QUARANTINE, Quarantined.class, registry),
                AvroCodec.of(Topics.PARTS, SettlementPart.class, registry));
    }
}
