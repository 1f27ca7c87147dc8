/**
 * What the overview page shows while it is looked at.
 *
 * <p>{@link PlatformWatch} samples the platform every second: ends of topics and the group of posting from Kafka, the
 * sink's positions from the database, health from each service ({@link ServiceWatch}); {@link Pulse} turns two samples
 * into rates and lags. {@link TenantFigures} reads the tenants of one scope, as often as the database can bear it. The pages render both and send each browser the panels that changed.
 *
 * <p>This package never makes a request of a viewer wait for Kafka or for a service, and shows what it knew last, with
 * its time, when one of them is away.
 */
package io.tillstream.console.overview;
