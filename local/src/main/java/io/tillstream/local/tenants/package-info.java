/**
 * The cities' configuration: from a YAML file that people keep to the records that every process reads.
 *
 * <p>{@link io.tillstream.local.tenants.TenantsFile} reads and checks the file, {@link
 * io.tillstream.local.tenants.TenantsApplication} compares it with what the cluster has and writes the difference: the Tenant
 * record to topic {@code tenants} and, where posting is concerned, a TenantTerms mark into every partition of
 * {@code payments.events}, all in one Kafka transaction. Applying the same file again writes nothing.
 *
 * <p>Never: a secret in clear in a topic (an API key is kept as its hash, an HMAC secret is sealed with the control key), and
 * never a deleted city: one that the file does not name stays as it is.
 */
package io.tillstream.local.tenants;
