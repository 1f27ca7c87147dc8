/**
 * Who may see what.
 *
 * <p>A person signs in with a name and a password ({@link Users}, slowed down by {@link LoginThrottle}) and holds a
 * {@link Session}; a program shows a token ({@link ApiTokens}). Both end as a {@link Viewer} with a {@link TenantScope},
 * and the scope is what every database transaction is limited to.
 *
 * <p>This package never speaks HTTP and never reads the clock: times are arguments. It keeps no password and no token,
 * only hashes of them, and compares in constant time.
 */
package io.tillstream.console.access;
