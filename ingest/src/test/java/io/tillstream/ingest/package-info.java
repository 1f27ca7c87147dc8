/** Runs ingest as a whole on a real broker and registry ({@code IngestOnBrokerTest}) and checks its settings and its contract. */
package io.tillstream.ingest;
