/**
 * Who is calling: {@link io.tillstream.ingest.auth.Authenticator} turns the header Authorization into a claim and the claim into a
 * {@link io.tillstream.ingest.auth.Caller}, which is a tenant and a channel. Neither is ever taken from a body.
 *
 * <p>Two kinds of proof: the secret itself ({@code Bearer tenant.keyId.secret}, of which only a SHA-256 is known here), or an
 * HMAC over method, path, time, idempotency key and body. An unknown tenant or key is compared with a stand-in of the same kind, so that
 * its answer takes the same way and time. A signed request can be sent again within the time window, and then changes nothing,
 * because its idempotency key is signed.
 *
 * <p>{@link io.tillstream.ingest.auth.ControlKeys} seals and opens the HMAC secrets that travel on the topic tenants.
 * This package never logs a secret, a signature or a header.
 */
package io.tillstream.ingest.auth;
