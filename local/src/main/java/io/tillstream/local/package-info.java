/**
 * The command line: {@link io.tillstream.local.Tillstream} names every command; {@code command} holds them.
 *
 * <p>Exit codes: 0 done, 1 failed or something does not hold, 2 wrong use (of the command line or of a settings file).
 */
package io.tillstream.local;
