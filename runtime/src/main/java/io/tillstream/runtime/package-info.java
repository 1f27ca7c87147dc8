/**
 * What every Tillstream process needs around its own work, in the order in which a process meets it:
 * {@link io.tillstream.runtime.ServiceMain} starts {@link io.tillstream.runtime.Logging}, reads the file of settings into
 * one typed record ({@link io.tillstream.runtime.Settings}), hands it to the module's composition, answers questions
 * about it ({@link io.tillstream.runtime.Health}, {@link io.tillstream.runtime.Metrics}, served by
 * {@link io.tillstream.runtime.OpsServer} or by the module's own HTTP server through {@link io.tillstream.runtime.Ops}),
 * and closes it in reverse order ({@link io.tillstream.runtime.Shutdown}).
 *
 * <p>It knows nothing of payments, opens no Kafka or database connection, never prints a secret
 * ({@link io.tillstream.runtime.Secret}) and never lets a logger reach TRACE, at which Kafka prints record values.
 */
package io.tillstream.runtime;
