package io.tillstream.streams.detection;

import java.util.List;

/**
 * One kind of finding. A rule watches subjects of one kind and suspects some of their attempts; a run of attempts that
 * reaches one of its thresholds is an anomaly.
 */
interface Rule {
    /** Name in anomalies, kept for ever. */
    String name();

    /** Whose attempts it gets. */
    SubjectKind subjectKind();

    /** Whether an attempt looks like testing. */
    boolean suspects(Attempt attempt);

    /** Any of them is enough. */
    List<Threshold> thresholds();

    /** What makes an attempt suspect, in words that end the sentence "7 of 8 attempts were ...". */
    String suspectWords();
}
