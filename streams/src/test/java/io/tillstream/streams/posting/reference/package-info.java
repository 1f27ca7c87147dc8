/**
 * An auditor: posting's rules once more, from DOMAIN sections 2 to 4 and not from posting's code, in the plainest way.
 *
 * <p>{@link io.tillstream.streams.posting.reference.ReferenceLedger} is given the same input as posting and says what must come out:
 * whole entries, refusals, parts. It keeps objects in maps and counts with {@code BigInteger}. It lies in a package of its own so that
 * it can't use anything of posting; it shares only the records of the topics. It is never fast and never used outside tests.
 */
package io.tillstream.streams.posting.reference;
