package io.tillstream.ingest.auth;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig2026;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Set;

/**
 * Seals the HMAC secrets of credentials for the topic tenants, and opens them again: AES-256-GCM with a keyset in a file that
 * only ingest and whoever applies tenants can read. What is sealed for one tenant and key id opens for no other, so that a
 * record cannot be moved to another city.
 */
public final class ControlKeys {
    private final Aead aead;

    private ControlKeys(Aead aead) {
        this.aead = aead;
    }

    /**
     * Makes a new keyset in a new file that only its owner can read.
     *
     * @throws java.nio.file.FileAlreadyExistsException if the file is there: what was sealed with it would be lost
     */
    public static ControlKeys create(Path file) throws IOException, GeneralSecurityException {
        KeysetHandle keyset = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, AeadConfig2026.get());
        String json =
                TinkJsonProtoKeysetFormat.serializeKeyset(keyset, AeadConfig2026.get(), InsecureSecretKeyAccess.get());
        Files.createFile(file, ownerOnly(file));
        Files.writeString(file, json, StandardCharsets.UTF_8, StandardOpenOption.WRITE);
        return of(keyset);
    }

    /**
     * Opens a keyset file, also one with several keys after a rotation.
     *
     * @throws GeneralSecurityException if the file holds no keyset; its text does not go into the message
     */
    public static ControlKeys open(Path file) throws IOException, GeneralSecurityException {
        String json = Files.readString(file, StandardCharsets.UTF_8);
        try {
            return of(TinkJsonProtoKeysetFormat.parseKeyset(json, AeadConfig2026.get(), InsecureSecretKeyAccess.get()));
        } catch (GeneralSecurityException e) {
            throw new GeneralSecurityException("the control keyset file " + file.getFileName() + " holds no keyset");
        }
    }

    private static ControlKeys of(KeysetHandle keyset) throws GeneralSecurityException {
        return new ControlKeys(keyset.getPrimitive(AeadConfig2026.get(), Aead.class));
    }

    /** The secret in the form of {@code Credential.sealedSecret}. */
    public byte[] seal(byte[] secret, String tenant, String keyId) throws GeneralSecurityException {
        return aead.encrypt(secret, associatedData(tenant, keyId));
    }

    /**
     * The secret again.
     *
     * @throws GeneralSecurityException if it was sealed with another keyset, or for another tenant or key id
     */
    public byte[] open(byte[] sealed, String tenant, String keyId) throws GeneralSecurityException {
        return aead.decrypt(sealed, associatedData(tenant, keyId));
    }

    private static byte[] associatedData(String tenant, String keyId) {
        return (tenant + "|" + keyId).getBytes(StandardCharsets.UTF_8);
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        Set<PosixFilePermission> permissions = PosixFilePermissions.fromString("rw-------");
        boolean isPosix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        return isPosix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }
}
