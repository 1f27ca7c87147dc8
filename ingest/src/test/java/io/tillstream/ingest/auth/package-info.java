/** Shows that secrets open only where they were sealed, and that every wrong credential is refused alike. */
package io.tillstream.ingest.auth;
