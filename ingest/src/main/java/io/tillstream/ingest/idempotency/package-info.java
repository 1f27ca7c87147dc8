/**
 * What this instance remembers of the keys it has seen lately: {@link io.tillstream.ingest.idempotency.RecentKeys} tells a new key
 * from one that came with the same body (same answer, nothing published again) and from one that came with another body (conflict).
 *
 * <p>It is a convenience for clients, not the guarantee: the memory is bounded, is not shared and is gone after a restart. Posting
 * decides what is a duplicate; the ids that it goes by are the same on every instance, because they are derived from the key.
 */
package io.tillstream.ingest.idempotency;
