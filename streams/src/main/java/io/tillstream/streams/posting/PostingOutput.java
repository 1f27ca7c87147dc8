package io.tillstream.streams.posting;

import io.tillstream.schemas.Quarantined;
import io.tillstream.schemas.Refused;
import io.tillstream.schemas.SettlementPart;

/** Where posting's results go: Kafka Streams' sinks, or a test's lists. */
interface PostingOutput {
    /** A sealed entry, applied already. */
    void entry(byte[] value);

    void refused(Refused refused);

    void quarantined(Quarantined quarantined);

    void part(SettlementPart part);
}
