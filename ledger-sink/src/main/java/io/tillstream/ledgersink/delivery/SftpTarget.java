package io.tillstream.ledgersink.delivery;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * Where files are delivered.
 *
 * @param keyFile private key of the login, in OpenSSH or PEM form without a passphrase
 * @param knownHostsFile keys of the server, as OpenSSH has them; a server that is not in it is refused
 * @param directory files go to {directory}/{tenant}/; empty for the login's own directory
 */
public record SftpTarget(String host, int port, String user, Path keyFile, Path knownHostsFile, String directory) {
    public SftpTarget {
        requireNonNull(host, "host");
        requireNonNull(user, "user");
        requireNonNull(keyFile, "keyFile");
        requireNonNull(knownHostsFile, "knownHostsFile");
        requireNonNull(directory, "directory");
    }
}
