package io.tillstream.ingest.intake;

import io.tillstream.ingest.auth.Caller;

/**
 * One event as it came: the bytes of a body, or of one line of a batch.
 *
 * @param caller proven
 * @param key of the header; null for a line, which carries its own
 * @param bytes holds the text in {@code [from, to)}; not kept after the call
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record Submission(Caller caller, String key, byte[] bytes, int from, int to) {}
