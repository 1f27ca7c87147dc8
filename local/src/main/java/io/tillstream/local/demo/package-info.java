/**
 * The whole of Tillstream in one process, with payers.
 *
 * <p>{@link io.tillstream.local.demo.Demo} reads as the table of contents: servers, topics, tenants, services, traffic, and, if the
 * number of payments is bounded, the end: everything through, every business day closed, files written, invariants checked,
 * report. {@link io.tillstream.local.demo.Observer} follows the topics as any consumer could and knows nothing of the services'
 * memory.
 *
 * <p>Never: an address other than loopback; a wait without a bound, and without saying what was waited for; data outside the data
 * directory.
 */
package io.tillstream.local.demo;
