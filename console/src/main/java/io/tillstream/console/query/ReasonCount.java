package io.tillstream.console.query;

import java.time.Instant;

/**
 * How often something was put aside for one reason.
 *
 * @param lastAt the latest of them
 */
public record ReasonCount(String reason, long count, Instant lastAt) {}
