package io.tillstream.streams.settlement;

import io.tillstream.schemas.SettlementPart;

/** Parts that cannot all be true. The application stops; what stands in settlement.parts is the evidence. */
final class BrokenSettlementException extends RuntimeException {
    private static final long serialVersionUID = 1;

    BrokenSettlementException(SettlementPart part, String broken) {
        super("Part of batch " + part.getBatchId() + " from partition " + part.getPartition() + ", sequences "
                + part.getFirstSequence() + " to " + part.getLastSequence() + ": " + broken);
    }

    BrokenSettlementException(String what, Throwable cause) {
        super(what, cause);
    }
}
