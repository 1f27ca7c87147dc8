package io.tillstream.ledgersink.delivery;

import io.tillstream.ledgersink.settlement.Delivery;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.keyverifier.KnownHostsServerKeyVerifier;
import org.apache.sshd.client.keyverifier.RejectAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.keyprovider.FileKeyPairProvider;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClientFactory;
import org.apache.sshd.sftp.client.extensions.openssh.OpenSSHPosixRenameExtension;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;

/** Delivers by SFTP with a key. A session per batch: there are few, and the other side may close idle ones. */
public final class SftpDelivery implements Delivery {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String UNFINISHED = ".part";

    private final SftpTarget target;
    private final SshClient client;

    private SftpDelivery(SftpTarget target, SshClient client) {
        this.target = target;
        this.client = client;
    }

    /** Connects with the first delivery. */
    public static SftpDelivery to(SftpTarget target) {
        SshClient client = SshClient.setUpDefaultClient();
        client.setServerKeyVerifier(
                new KnownHostsServerKeyVerifier(RejectAllServerKeyVerifier.INSTANCE, target.knownHostsFile()));
        client.setKeyIdentityProvider(new FileKeyPairProvider(target.keyFile()));
        client.start();
        return new SftpDelivery(target, client);
    }

    @Override
    public void deliver(String tenant, Path directory, List<String> names) throws IOException {
        try (ClientSession session = client.connect(target.user(), target.host(), target.port())
                .verify(LIMIT)
                .getSession()) {
            session.auth().verify(LIMIT);
            try (SftpClient sftp = SftpClientFactory.instance().createSftpClient(session)) {
                String remote = target.directory().isEmpty() ? tenant : target.directory() + "/" + tenant;
                makeDirectory(sftp, remote);
                for (String name : names) {
                    deliver(sftp, remote, directory, name);
                }
            }
        }
    }

    /** What stands beside the file first: its checksum and totals have the file's name and one more extension. */
    private static void deliver(SftpClient sftp, String remote, Path directory, String name) throws IOException {
        List<Path> parts;
        try (Stream<Path> found = Files.list(directory)) {
            parts = found.filter(file -> file.getFileName().toString().startsWith(name))
                    .sorted(Comparator.comparing(
                                    (Path file) -> file.getFileName().toString().equals(name))
                            .thenComparing(Comparator.naturalOrder()))
                    .toList();
        }
        if (parts.isEmpty() || !parts.get(parts.size() - 1).endsWith(name)) {
            throw new IOException("the released file " + name + " is not in its directory any more");
        }
        for (Path part : parts) {
            put(sftp, part, remote + "/" + part.getFileName());
        }
    }

    private static void put(SftpClient sftp, Path file, String remote) throws IOException {
        try (OutputStream out = sftp.write(
                remote + UNFINISHED,
                SftpClient.OpenMode.Create,
                SftpClient.OpenMode.Write,
                SftpClient.OpenMode.Truncate)) {
            Files.copy(file, out);
        }
        OpenSSHPosixRenameExtension rename = sftp.getExtension(OpenSSHPosixRenameExtension.class);
        if (rename != null && rename.isSupported()) {
            rename.posixRename(remote + UNFINISHED, remote);
            return;
        }
        // The protocol's own rename does not replace, so for a moment there is none: the file is the last to be
        // renamed.
        removeIfThere(sftp, remote);
        sftp.rename(remote + UNFINISHED, remote);
    }

    private static void removeIfThere(SftpClient sftp, String remote) throws IOException {
        try {
            sftp.remove(remote);
        } catch (SftpException e) {
            if (e.getStatus() != SftpConstants.SSH_FX_NO_SUCH_FILE) {
                throw e;
            }
        }
    }

    private static void makeDirectory(SftpClient sftp, String remote) throws IOException {
        try {
            sftp.stat(remote);
        } catch (SftpException e) {
            if (e.getStatus() != SftpConstants.SSH_FX_NO_SUCH_FILE) {
                throw e;
            }
            sftp.mkdir(remote);
        }
    }

    @Override
    public void close() {
        client.stop();
    }
}
