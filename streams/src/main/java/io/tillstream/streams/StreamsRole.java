package io.tillstream.streams;

/** A processor; its application id is the name of its consumer group. */
public enum StreamsRole {
    /** payments.events to the journal. */
    POSTING("ledger"),
    /** The journal to fraud.anomalies. */
    DETECTION("detection"),
    /** Parts to batches. */
    SETTLEMENT("settlement");

    private final String applicationId;

    StreamsRole(String applicationId) {
        this.applicationId = applicationId;
    }

    public String applicationId() {
        return applicationId;
    }
}
