package io.tillstream.console.api;

import io.javalin.http.Context;
import io.tillstream.console.query.BatchFile;
import io.tillstream.console.web.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Released files, as they were released: {directory}/{tenant}/{name}. */
public final class FileDownloads {
    private static final Logger LOG = LoggerFactory.getLogger(FileDownloads.class);
    /** One name of a file or directory, which cannot climb: no separator, no dot at its beginning. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,199}");

    private final Path directory;

    public FileDownloads(Path directory) {
        this.directory = directory;
    }

    /** Whether text can be the name of a released file at all. */
    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /**
     * Answers with the file's bytes.
     *
     * @param file a row of {@code settlement.files} that the viewer may see
     */
    void send(BatchFile file, Context answer) {
        try {
            Path path = locate(file);
            requireUnchanged(file, path);
            byte[] digest = HexFormat.of().parseHex(file.sha256());
            answer.contentType(file.name().endsWith(".csv") ? "text/csv; charset=utf-8" : "application/octet-stream")
                    .header("Content-Disposition", "attachment; filename=\"" + file.name() + "\"")
                    .header("Content-Length", Long.toString(file.sizeBytes()))
                    .header("ETag", "\"" + file.sha256() + "\"")
                    .header("X-Checksum-SHA256", file.sha256())
                    .header("Repr-Digest", "sha-256=:" + Base64.getEncoder().encodeToString(digest) + ":")
                    .disableCompression()
                    .result(Files.newInputStream(path));
        } catch (IOException e) {
            LOG.error("released file {} cannot be read", file.name(), e);
            throw Problem.damagedFile("the file was released, but cannot be read on this machine");
        }
    }

    private Path locate(BatchFile file) throws IOException {
        if (!isName(file.name()) || !NAME.matcher(file.tenant()).matches()) {
            throw Problem.notFound("no released file of this name");
        }
        Path root = directory.toRealPath();
        Path path = root.resolve(file.tenant()).resolve(file.name()).toRealPath();
        if (!path.startsWith(root) || !Files.isRegularFile(path)) {
            throw Problem.damagedFile("the file was released, but what lies in its place is no file of ours");
        }
        return path;
    }

    /** A file that somebody changed is worse than none: money follows it. */
    private static void requireUnchanged(BatchFile file, Path path) throws IOException {
        if (Files.size(path) != file.sizeBytes() || !sha256(path).equals(file.sha256())) {
            LOG.error("released file {} is not what was released", file.name());
            throw Problem.damagedFile("the file is not what was released: its size or checksum differs");
        }
    }

    private static String sha256(Path path) throws IOException {
        try (InputStream file = Files.newInputStream(path);
                DigestInputStream digesting = new DigestInputStream(file, MessageDigest.getInstance("SHA-256"))) {
            digesting.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digesting.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
