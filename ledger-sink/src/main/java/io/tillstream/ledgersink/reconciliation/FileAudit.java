package io.tillstream.ledgersink.reconciliation;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Optional;

/** I5 of what left the house: every released file is on the disk with the checksum that was announced. */
final class FileAudit {
    private final Findings findings;
    private final Optional<Path> directory;

    /** @param directory the files' root; empty when it can't be reached from here: then files are only counted */
    FileAudit(Findings findings, Optional<Path> directory) {
        this.findings = findings;
        this.directory = directory;
    }

    /** @return files in the database */
    long compare(Connection connection) throws SQLException {
        long files = 0;
        String sql = "SELECT tenant, name, sha256 FROM settlement.file ORDER BY batch_id, format";
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                files++;
                if (directory.isPresent()) {
                    compare(directory.get().resolve(row.getString(1)).resolve(row.getString(2)), row.getString(3));
                }
            }
        }
        return files;
    }

    private void compare(Path file, String sha256) {
        String found = Files.exists(file) ? "sha256 " + sha256(file) : "no file";
        if (!found.equals("sha256 " + sha256)) {
            findings.add(Invariant.I5, "file " + file.getFileName(), "sha256 " + sha256, found);
        }
    }

    private static String sha256(Path file) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            try (InputStream in = new DigestInputStream(Files.newInputStream(file), sha)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
