package io.tillstream.ledgersink.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real SFTP server on loopback. */
final class SftpDeliveryTest {
    private static final String NAME = "ada_nacha-ccd_2026-03-02_ada-20260302.ach";

    @TempDir
    private Path directory;

    private Path local;
    private Path remote;
    private Path keyFile;
    private Path knownHosts;
    private KeyPair hostKey;
    private SshServer server;

    @BeforeEach
    void start() throws IOException, GeneralSecurityException {
        local = Files.createDirectories(directory.resolve("files/ada"));
        remote = Files.createDirectories(directory.resolve("remote/in"));
        for (String suffix : List.of("", ".sha256", ".totals")) {
            Files.writeString(local.resolve(NAME + suffix), "content" + suffix);
        }
        KeyPairGenerator keys = KeyPairGenerator.getInstance("RSA");
        keys.initialize(2048);
        KeyPair loginKey = keys.generateKeyPair();
        hostKey = keys.generateKeyPair();
        keyFile = directory.resolve("key");
        try (OutputStream out = Files.newOutputStream(keyFile)) {
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(loginKey, "test", null, out);
        }
        server = SshServer.setUpDefaultServer();
        server.setHost("127.0.0.1");
        server.setPort(0);
        server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
        server.setPublickeyAuthenticator(
                (user, key, session) -> user.equals("till") && KeyUtils.compareKeys(key, loginKey.getPublic()));
        server.setSubsystemFactories(List.of(new SftpSubsystemFactory()));
        server.setFileSystemFactory(new VirtualFileSystemFactory(directory.resolve("remote")));
        server.start();
        knownHosts = knownHosts(hostKey);
    }

    private Path knownHosts(KeyPair key) throws IOException {
        return Files.writeString(
                directory.resolve("known_hosts"),
                "[127.0.0.1]:" + server.getPort() + " " + PublicKeyEntry.toString(key.getPublic()) + "\n");
    }

    @AfterEach
    void stop() throws IOException {
        server.stop(true);
    }

    @Test
    void shouldBringTheFileAndWhatStandsBesideIt() throws IOException {
        try (SftpDelivery delivery = SftpDelivery.to(target())) {
            delivery.deliver("ada", local, List.of(NAME));
        }
        assertThat(names()).containsExactly(NAME, NAME + ".sha256", NAME + ".totals");
        assertThat(remote.resolve("ada").resolve(NAME)).hasContent("content");
    }

    @Test
    void shouldReplaceWithTheSameWhenItIsDoneAgain() throws IOException {
        try (SftpDelivery delivery = SftpDelivery.to(target())) {
            delivery.deliver("ada", local, List.of(NAME));
            Files.writeString(remote.resolve("ada").resolve(NAME + ".part"), "the rest of a try that was cut off");
            delivery.deliver("ada", local, List.of(NAME));
        }
        assertThat(names()).containsExactly(NAME, NAME + ".sha256", NAME + ".totals");
    }

    @Test
    void shouldRefuseAServerThatIsNotKnown() throws IOException, GeneralSecurityException {
        KeyPairGenerator keys = KeyPairGenerator.getInstance("RSA");
        keys.initialize(2048);
        knownHosts = knownHosts(keys.generateKeyPair());
        try (SftpDelivery delivery = SftpDelivery.to(target())) {
            assertThatThrownBy(() -> delivery.deliver("ada", local, List.of(NAME)))
                    .isInstanceOf(IOException.class);
        }
        assertThat(remote).isEmptyDirectory();
    }

    @Test
    void shouldSayThatAReleasedFileIsGone() throws IOException {
        Files.delete(local.resolve(NAME));
        try (SftpDelivery delivery = SftpDelivery.to(target())) {
            assertThatThrownBy(() -> delivery.deliver("ada", local, List.of(NAME)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("is not in its directory any more");
        }
    }

    @Test
    void shouldFailWhenNobodyListens() throws IOException {
        SftpTarget target = target();
        server.stop(true);
        try (SftpDelivery delivery = SftpDelivery.to(target)) {
            assertThatThrownBy(() -> delivery.deliver("ada", local, List.of(NAME)))
                    .isInstanceOf(IOException.class);
        }
    }

    private SftpTarget target() {
        return new SftpTarget("127.0.0.1", server.getPort(), "till", keyFile, knownHosts, "in");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(remote.resolve("ada"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
