package io.tillstream.local.simulation;

import io.tillstream.schemas.EntryKind;
import io.tillstream.schemas.Refusal;
import java.util.EnumMap;
import java.util.Map;

/** What the ledger did with one event, counted from the topics. */
public final class Observed {
    private final Map<EntryKind, Integer> entries = new EnumMap<>(EntryKind.class);
    private final Map<Refusal, Integer> refusals = new EnumMap<>(Refusal.class);

    /** An entry of the journal that holds the event. */
    public void entry(EntryKind kind) {
        entries.merge(kind, 1, Integer::sum);
    }

    /** A refusal of the event. */
    public void refusal(Refusal reason) {
        refusals.merge(reason, 1, Integer::sum);
    }

    int entries(EntryKind kind) {
        return entries.getOrDefault(kind, 0);
    }

    int refusals(Refusal reason) {
        return refusals.getOrDefault(reason, 0);
    }

    /** Times that the event was taken into the journal; more than one is a doubled event. */
    int taken() {
        return entries(EntryKind.RECORDED) + entries(EntryKind.PARKED);
    }

    /** Whether anything was heard of the event. */
    boolean isAnything() {
        return !entries.isEmpty() || !refusals.isEmpty();
    }

    /** Whether it is only the end of an event that an earlier run left parked. */
    boolean isOfEarlierRun() {
        return taken() == 0 && (refusals.isEmpty() || entries(EntryKind.RELEASE_REFUSED) == 1);
    }

    boolean is(Possible possible) {
        return switch (possible.outcome()) {
            case RECORDED -> entries(EntryKind.RECORDED) == 1 && taken() == 1;
            case PARKED -> isWaiting();
            case EXPIRED -> taken() == 1 && entries(EntryKind.PARKED) == 1 && entries(EntryKind.RELEASE_REFUSED) == 1;
            case RELEASED -> taken() == 1 && entries(EntryKind.PARKED) == 1 && entries(EntryKind.RELEASED) == 1;
            case REFUSED -> taken() == 0 && refusals(possible.refusal()) > 0;
        };
    }

    /** Whether the event was parked and has not been released or refused since. */
    public boolean isWaiting() {
        return entries(EntryKind.PARKED) == 1
                && taken() == 1
                && entries(EntryKind.RELEASED) == 0
                && entries(EntryKind.RELEASE_REFUSED) == 0;
    }

    @Override
    public String toString() {
        return "entries " + entries + ", refusals " + refusals;
    }
}
