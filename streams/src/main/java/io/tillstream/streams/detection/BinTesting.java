package io.tillstream.streams.detection;

import java.util.List;

/**
 * Many numbers under one BIN, most of them declined: someone guesses numbers, from however many sources. Declines for
 * want of money are not counted, because the number was right, and an issuer's prepaid cards run dry together.
 */
record BinTesting(List<Threshold> thresholds) implements Rule {
    @Override
    public String name() {
        return "BIN_TESTING";
    }

    @Override
    public SubjectKind subjectKind() {
        return SubjectKind.BIN;
    }

    @Override
    public boolean suspects(Attempt attempt) {
        if (!attempt.isDeclined()) {
            return false;
        }
        return switch (attempt.declineClass()) {
            case TECHNICAL, INSUFFICIENT_FUNDS, LIMIT_EXCEEDED -> false;
            case NONE,
                    DO_NOT_HONOUR,
                    INVALID_CARD,
                    EXPIRED_CARD,
                    SECURITY_CODE,
                    LOST_OR_STOLEN,
                    SUSPECTED_FRAUD,
                    OTHER -> true;
        };
    }

    @Override
    public String suspectWords() {
        return "declined, and not for want of money";
    }
}
