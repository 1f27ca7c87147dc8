package io.tillstream.ledgersink.intake;

import static java.util.Objects.requireNonNull;

/** What a loop is doing, and why it is not doing more. */
public record IntakeStatus(Phase phase, String reason) {
    /** STARTING: no partitions asked for yet. WAITING: for the database, the registry or the brokers. STOPPED: a broken invariant, for good. */
    public enum Phase {
        STARTING,
        RUNNING,
        WAITING,
        STOPPED,
        CLOSED
    }

    public IntakeStatus {
        requireNonNull(phase, "phase");
        requireNonNull(reason, "reason");
    }
}
