package io.tillstream.console.overview;

import java.time.Instant;
import java.util.List;

/**
 * A service as it answered last.
 *
 * @param state what it said
 * @param reasons of checks that are not up, or why nothing was heard
 * @param since when it came into this state
 */
public record ServiceState(String name, State state, List<String> reasons, Instant since) {
    /** What a service says of itself. */
    public enum State {
        /** Ready for work. */
        READY,
        /** Alive, but some check is not up. */
        NOT_READY,
        /** No answer. */
        SILENT,
        /** Not asked yet. */
        UNKNOWN
    }

    public ServiceState {
        reasons = List.copyOf(reasons);
    }
}
