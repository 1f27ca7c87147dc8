/**
 * How much may come in at once: {@link io.tillstream.ingest.limits.TenantLimits} bounds the events a second of one city
 * (429), {@link io.tillstream.ingest.limits.InFlight} the events of all that wait for the broker (503). Both answer at once.
 *
 * <p>Limits hold per instance. This package never queues and never waits.
 */
package io.tillstream.ingest.limits;
