package io.tillstream.streams.detection;

import java.util.List;

/**
 * Many cards from one source, most of them declined or tried with a small amount: someone tries cards. An office that
 * pays a hundred bills uses a card or two; a family shares one; a payer whose card is declined tries it three times:
 * none of them reaches the number of distinct cards.
 */
record SourceTesting(long smallAmountBelow, List<Threshold> thresholds) implements Rule {
    @Override
    public String name() {
        return "SOURCE_TESTING";
    }

    @Override
    public SubjectKind subjectKind() {
        return SubjectKind.SOURCE;
    }

    @Override
    public boolean suspects(Attempt attempt) {
        return attempt.isRefused() || (!attempt.isTechnical() && attempt.amount() < smallAmountBelow);
    }

    @Override
    public String suspectWords() {
        return "declined, saved or below " + smallAmountBelow + " minor units";
    }
}
