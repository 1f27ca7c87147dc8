package io.tillstream.ingest.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlKeysTest {
    private static final byte[] SECRET = "secret".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path directory;

    @Test
    void shouldOpenWhatAnotherProcessSealedForTheSameKeyOnly() throws Exception {
        Path file = directory.resolve("control.json");
        byte[] sealed = ControlKeys.create(file).seal(SECRET, "springfield", "web-1");
        ControlKeys opened = ControlKeys.open(file);

        assertThat(opened.open(sealed, "springfield", "web-1")).isEqualTo(SECRET);
        assertThatThrownBy(() -> opened.open(sealed, "shelbyville", "web-1"))
                .isInstanceOf(GeneralSecurityException.class);
        assertThatThrownBy(() -> opened.open(sealed, "springfield", "web-2"))
                .isInstanceOf(GeneralSecurityException.class);
        ControlKeys other = ControlKeys.create(directory.resolve("other.json"));
        assertThatThrownBy(() -> other.open(sealed, "springfield", "web-1"))
                .isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void shouldKeepTheFileToItsOwnerAndNeverReplaceIt() throws Exception {
        Path file = directory.resolve("control.json");
        ControlKeys.create(file);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThatThrownBy(() -> ControlKeys.create(file)).isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void shouldNotTellTheTextWhenTheFileHoldsNoKeyset() throws Exception {
        Path file = Files.writeString(directory.resolve("control.json"), "not-a-keyset");

        assertThatThrownBy(() -> ControlKeys.open(file))
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessageNotContaining("not-a-keyset");
    }

    @Test
    void shouldMakeSecretsFitForAHeader() {
        String secret = ApiKeys.newSecret(new SecureRandom());

        assertThat(secret).matches("[A-Za-z0-9_-]{43}");
        assertThat(ApiKeys.hash(secret)).matches("[0-9a-f]{64}").isNotEqualTo(ApiKeys.hash(secret + "x"));
    }
}
