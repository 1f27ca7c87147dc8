package io.tillstream.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * Build step: unpacks PostgreSQL's programs for this machine from the class path into the folder given as the argument.
 * At build time, so that whoever runs the programs need not be able to write there.
 */
final class PostgresUnpacker {

    private static final Map<String, String> ARCHIVES =
            Map.of("amd64", "postgres-linux-x86_64.txz", "aarch64", "postgres-linux-arm_64.txz");
    private static final int EXECUTABLE = 0100;

    private PostgresUnpacker() {}

    /** Does nothing where the folder is there already: it appears only when complete. */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]).toAbsolutePath();
        if (Files.exists(folder)) {
            return;
        }
        String archive = ARCHIVES.get(System.getProperty("os.arch"));
        if (archive == null || !"Linux".equals(System.getProperty("os.name"))) {
            System.err.println(
                    "No PostgreSQL for " + System.getProperty("os.name") + " " + System.getProperty("os.arch")
                            + ": the demo and tests that need a database can't run here; services take any by database.url.");
            return;
        }
        long pid = ProcessHandle.current().pid();
        Path incomplete = Files.createDirectories(folder.resolveSibling("postgres-unpacking-" + pid));
        try (InputStream packed = PostgresUnpacker.class.getResourceAsStream("/" + archive)) {
            unpack(packed, incomplete);
        }
        Files.move(incomplete, folder);
    }

    private static void unpack(InputStream packed, Path folder) throws IOException {
        TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(packed)));
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            Path target = folder.resolve(entry.getName()).normalize();
            if (!target.startsWith(folder)) {
                throw new IOException("the archive leaves its folder: " + entry.getName());
            }
            unpackEntry(tar, entry, target);
        }
    }

    private static void unpackEntry(InputStream content, TarArchiveEntry entry, Path target) throws IOException {
        // The archive does not name a folder before what is in it.
        Files.createDirectories(target.getParent());
        if (entry.isDirectory()) {
            Files.createDirectories(target);
        } else if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else if (entry.isFile()) {
            Files.copy(content, target);
            if ((entry.getMode() & EXECUTABLE) != 0 && !target.toFile().setExecutable(true, false)) {
                throw new IOException("cannot make executable: " + target);
            }
        } else {
            throw new IOException("unexpected kind of entry: " + entry.getName());
        }
    }
}
