/**
 * Released files to the city's side, by SFTP. {@link io.tillstream.ledgersink.delivery.SftpDelivery} puts each file under a
 * temporary name and renames it, what stands beside a file before the file itself; so whoever sees a file finds it whole, with its
 * checksum.
 *
 * <p>Never trusts a server that is not in the file of known hosts, never sends a password, never delivers what was not released.
 */
package io.tillstream.ledgersink.delivery;
