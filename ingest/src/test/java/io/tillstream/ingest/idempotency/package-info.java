/** Shows what counts as the same body, and that the memory is bounded. */
package io.tillstream.ingest.idempotency;
