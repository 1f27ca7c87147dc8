package io.tillstream.local.tenants;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Supplier;

/** Keeps the secrets of keys and logins in files for their owner only. */
public final class Secrets {
    private Secrets() {}

    /** The text in a file that only the owner may read; made with {@code content} if it does not exist. */
    public static String readOrCreate(Path file, Supplier<String> content) {
        try {
            if (Files.exists(file)) {
                return Files.readString(file, StandardCharsets.UTF_8).strip();
            }
            String made = content.get();
            write(file, made);
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException("Can't keep the secret " + file, e);
        }
    }

    /** Writes a new file of mode 0600. @throws IOException if it exists already, too */
    public static void write(Path file, String content) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Files.createFile(file, ownerOnly);
        Files.writeString(file, content + System.lineSeparator(), StandardCharsets.UTF_8, StandardOpenOption.WRITE);
    }
}
