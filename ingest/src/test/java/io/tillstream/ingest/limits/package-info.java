/** Shows that limits hold per tenant, follow its record, and never wait. */
package io.tillstream.ingest.limits;
