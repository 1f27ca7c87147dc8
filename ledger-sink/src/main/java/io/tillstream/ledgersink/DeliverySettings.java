package io.tillstream.ledgersink;

import io.tillstream.ledgersink.delivery.SftpTarget;
import io.tillstream.runtime.Setting;
import java.nio.file.Path;
import java.util.Optional;

/** Where released files are delivered by SFTP; nowhere without a host. */
public record DeliverySettings(
        @Setting(key = "host", doc = "SFTP server; without it files stay in files.directory.")
        Optional<String> host,

        @Setting(key = "port", doc = "Its port.", def = "22", min = "1", max = "65535")
        int port,

        @Setting(key = "user", doc = "Login.") Optional<String> user,

        @Setting(key = "key.file", doc = "Private key of the login, without a passphrase.")
        Optional<Path> keyFile,

        @Setting(
                key = "known-hosts.file",
                doc = "The server's key as OpenSSH's known_hosts has it; others are refused.")
        Optional<Path> knownHostsFile,

        @Setting(key = "directory", doc = "Files go to {directory}/{tenant}/; none means the login's own directory.")
        Optional<String> directory) {

    public DeliverySettings {
        if (host.isPresent() && (user.isEmpty() || keyFile.isEmpty() || knownHostsFile.isEmpty())) {
            throw new IllegalArgumentException("with a host, user, key.file and known-hosts.file are needed too");
        }
    }

    /** No delivery. */
    public static DeliverySettings none() {
        return new DeliverySettings(
                Optional.empty(), 22, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The target, if there is one. */
    Optional<SftpTarget> target() {
        return host.map(name -> new SftpTarget(
                name,
                port,
                user.orElseThrow(),
                keyFile.orElseThrow(),
                knownHostsFile.orElseThrow(),
                directory.orElse("")));
    }
}
