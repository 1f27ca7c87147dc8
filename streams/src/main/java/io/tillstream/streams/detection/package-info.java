/**
 * Card testing, found in the journal.
 *
 * <pre>
 * journal -> AttemptReader: entries that try a card -> one attempt per watched subject
 *         -> repartitioned by subject (tenant and source, tenant and BIN)
 *         -> Watch: buckets of recent attempts, the subject's rules -> fraud.anomalies
 * </pre>
 *
 * Start reading at {@link io.tillstream.streams.detection.DetectionTopology}. A rule is one class that says which subject
 * it watches and which attempts it suspects; its thresholds are settings ({@link
 * io.tillstream.streams.detection.DetectionRules}). docs/detection.md has what was measured.
 *
 * <p>No clock is read: an attempt's time is its event's, so a replay finds the same anomalies. What is kept of an attempt
 * holds hashes and amounts, no pseudonym of a payer, and leaves the state after the window and the lateness allowed.
 * Nothing is blocked here; ingest and people act on anomalies.
 */
package io.tillstream.streams.detection;
