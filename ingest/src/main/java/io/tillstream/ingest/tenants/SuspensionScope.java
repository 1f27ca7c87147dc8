package io.tillstream.ingest.tenants;

import io.tillstream.schemas.Suspension;

/** What a suspension covers; an empty channel or tender covers all. */
record SuspensionScope(String channel, String tender) {
    static SuspensionScope of(Suspension suspension) {
        return new SuspensionScope(suspension.getChannel(), suspension.getTender());
    }

    boolean covers(String askedChannel, String askedTender) {
        return (channel.isEmpty() || channel.equals(askedChannel)) && (tender.isEmpty() || tender.equals(askedTender));
    }

    /** True if it covers every tender of the channel. */
    boolean coversWhole(String askedChannel) {
        return tender.isEmpty() && (channel.isEmpty() || channel.equals(askedChannel));
    }
}
