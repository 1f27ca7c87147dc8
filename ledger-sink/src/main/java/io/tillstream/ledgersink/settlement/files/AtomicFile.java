package io.tillstream.ledgersink.settlement.files;

import io.tillstream.ledgersink.settlement.WrittenFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Puts a file, its {@code .sha256} (as sha256sum writes it) and its {@code .totals} into a directory: each whole or not there,
 * and still there after a power cut. The file itself comes last, so whoever sees it finds both beside it.
 *
 * <p>A released file is never overwritten: the same bytes again are no error, other bytes are refused. What stands beside a
 * file that is not there is the rest of a try that did not end, and is replaced.
 */
final class AtomicFile {

    /** One plain name: no separator, no beginning dot, nothing that a shell or a path reads otherwise. */
    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]*(\\.[A-Za-z0-9_-]+)+");

    /** Leaves room for what is put around it: file systems take 255. */
    private static final int NAME_LENGTH_MAX = 200;

    private final Path directory;
    private final String name;
    private final String format;

    /** @throws FileRefusedException when the name could lead out of the directory */
    AtomicFile(Path directory, String name, String format) {
        if (!PLAIN_NAME.matcher(name).matches() || name.length() > NAME_LENGTH_MAX) {
            throw new FileRefusedException("not a plain file name: " + name);
        }
        this.directory = directory;
        this.name = name;
        this.format = format;
    }

    @FunctionalInterface
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Reads the written bytes and throws when they may not be released. */
    @FunctionalInterface
    interface Check {
        ControlTotals read(Path written) throws IOException;
    }

    WrittenFile release(Content content, Check check) throws IOException {
        removeLeftovers();
        Path written = write(name, content);
        try {
            ControlTotals totals = check.read(written);
            String sha256 = sha256(written);
            byte[] checksumLine = (sha256 + "  " + name + "\n").getBytes(StandardCharsets.UTF_8);
            byte[] totalsText = totals.text().getBytes(StandardCharsets.UTF_8);
            long sizeBytes = Files.size(written);
            boolean released = isReleased(written);
            beside(name + ".totals", totalsText, released);
            beside(name + ".sha256", checksumLine, released);
            if (!released) {
                rename(written, name);
            }
            return new WrittenFile(format, name, sizeBytes, sha256, totals.total());
        } finally {
            Files.deleteIfExists(written);
        }
    }

    private boolean isReleased(Path written) throws IOException {
        Path target = directory.resolve(name);
        if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        if (!Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS) || Files.mismatch(target, written) != -1) {
            throw new FileRefusedException(name + " is there with other bytes; a released file is never overwritten");
        }
        return true;
    }

    private void beside(String besideName, byte[] bytes, boolean released) throws IOException {
        Path target = directory.resolve(besideName);
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            if (Arrays.equals(Files.readAllBytes(target), bytes)) {
                return;
            }
            if (released) {
                throw new FileRefusedException(
                        besideName + " is there with other bytes; a released file is never overwritten");
            }
        }
        rename(write(besideName, out -> out.write(bytes)), besideName);
    }

    /** A new file with a name of its own, so that two writers can never finish each other's half; its bytes are on the disk. */
    private Path write(String finalName, Content content) throws IOException {
        Path temporary = directory.resolve(temporaryBeginning(finalName) + UUID.randomUUID() + ".tmp");
        boolean complete = false;
        try (FileChannel channel =
                FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
            content.writeTo(out);
            out.flush();
            channel.force(true);
            complete = true;
        } finally {
            if (!complete) {
                Files.deleteIfExists(temporary);
            }
        }
        return temporary;
    }

    private void rename(Path temporary, String finalName) throws IOException {
        Files.move(temporary, directory.resolve(finalName), StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** What a killed process left. Should its writer still live, its rename fails and it begins anew. */
    private void removeLeftovers() throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, temporaryBeginning(name) + "*")) {
            for (Path leftover : entries) {
                Files.deleteIfExists(leftover);
            }
        }
    }

    private static String temporaryBeginning(String finalName) {
        return "." + finalName + ".";
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of()
                    .formatHex(((DigestInputStream) in).getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
