package io.tillstream.local.demo;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import io.tillstream.ingest.auth.ApiKeys;
import io.tillstream.local.tenants.Secrets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Map;

/**
 * The data directory of a demo. One demo uses it at a time.
 *
 * <p>broker, registry, postgres, streams: the servers' data; files: settlement files; secrets: keys and passwords, for the owner
 * only; conf: the services' settings as they run; demo.json: the addresses.
 */
final class DemoDirectory implements AutoCloseable {
    private final Path root;
    private final FileChannel channel;
    private final SecureRandom random = new SecureRandom();

    private DemoDirectory(Path root, FileChannel channel) {
        this.root = root;
        this.channel = channel;
    }

    /** @throws IllegalStateException if another demo uses the directory */
    static DemoDirectory open(Path directory) {
        try {
            Path root = Files.createDirectories(directory.toAbsolutePath().normalize());
            FileChannel channel =
                    FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel)) {
                return new DemoDirectory(root, channel);
            }
            channel.close();
            throw new IllegalStateException(
                    "Another demo uses " + root + "; stop it, or name another directory with --data");
        } catch (IOException e) {
            throw new UncheckedIOException("The data directory " + directory + " can't be used: " + e.getMessage(), e);
        }
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            // This very process holds it.
            return false;
        }
    }

    /** A part of the directory, made if it is not there. */
    Path directory(String name) {
        try {
            return Files.createDirectories(root.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path file(String name) {
        return root.resolve(name);
    }

    /** Number of this run, from 1; it makes the run's idempotency keys its own. */
    long nextRun() {
        Path file = root.resolve("runs");
        try {
            long run =
                    Files.exists(file) ? Long.parseLong(Files.readString(file).strip()) + 1 : 1;
            Files.writeString(file, Long.toString(run));
            return run;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a secret has been made before. */
    boolean hasSecret(String name) {
        return Files.exists(root.resolve("secrets").resolve(name));
    }

    /** A secret, made the first time. */
    String secret(String name) {
        return Secrets.readOrCreate(directory("secrets").resolve(name), () -> ApiKeys.newSecret(random));
    }

    /** Settings as a file that people can read and give to {@code --config}; readable for the owner only. */
    Config writeSettings(String name, Map<String, ?> settings) {
        Config config = ConfigFactory.parseMap(settings);
        ConfigRenderOptions json = ConfigRenderOptions.concise().setFormatted(true);
        Path file = root.resolve(name);
        try {
            Files.createDirectories(file.getParent());
            Files.deleteIfExists(file);
            Secrets.write(file, config.root().render(json));
            return config;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives the directory free; the lock goes with the channel. */
    @Override
    public void close() throws IOException {
        channel.close();
    }

    @Override
    public String toString() {
        return root.toString();
    }
}
