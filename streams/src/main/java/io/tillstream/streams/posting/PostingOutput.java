package io.tillstream.streams.posting;

import io.tillstream.schemas.Quarantined;
import io.tillstream.schemas.Refusal;
import io.tillstream.schemas.SettlementPart;

/** Where posting's results go: Kafka Streams' sinks, or a test's lists. */
interface PostingOutput {
    /** A sealed entry, applied already. */
    void entry(byte[] value);

    /** An event or mark that the rules did not accept; {@code value} is a Refused. */
    void refused(Refusal reason, byte[] value);

    void quarantined(Quarantined quarantined);

    void part(SettlementPart part);
}
