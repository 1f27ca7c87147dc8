package io.tillstream.loadtests.bench.peer;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * What a peer's process is told, in a file.
 *
 * @param id application id, consumer group and beginning of transactional ids; of this run alone
 * @param threads stream threads, parallelism or connections
 * @param commitIntervalMs time between transactions or checkpoints
 * @param padding file with what a copy adds to its values, so that it writes as many bytes as posting
 * @param directory for the peer's state
 * @param option the peer's own: a state backend, a JDBC URL, whether it is tuned
 */
public record PeerSettings(
        String bootstrapServers,
        String registryUrl,
        String input,
        String output,
        int partitions,
        String id,
        int threads,
        int commitIntervalMs,
        Path padding,
        Path directory,
        String option) {

    /** Writes them where {@link #load} finds them. */
    public void store(Path file) {
        Properties all = new Properties();
        all.setProperty("bootstrapServers", bootstrapServers);
        all.setProperty("registryUrl", registryUrl);
        all.setProperty("input", input);
        all.setProperty("output", output);
        all.setProperty("partitions", Integer.toString(partitions));
        all.setProperty("id", id);
        all.setProperty("threads", Integer.toString(threads));
        all.setProperty("commitIntervalMs", Integer.toString(commitIntervalMs));
        all.setProperty("padding", padding.toString());
        all.setProperty("directory", directory.toString());
        all.setProperty("option", option);
        try (Writer out = Files.newBufferedWriter(file)) {
            all.store(out, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param arguments of a main method: the file */
    public static PeerSettings load(String[] arguments) {
        Properties all = new Properties();
        try (Reader in = Files.newBufferedReader(Path.of(arguments[0]), StandardCharsets.UTF_8)) {
            all.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new PeerSettings(
                all.getProperty("bootstrapServers"),
                all.getProperty("registryUrl"),
                all.getProperty("input"),
                all.getProperty("output"),
                Integer.parseInt(all.getProperty("partitions")),
                all.getProperty("id"),
                Integer.parseInt(all.getProperty("threads")),
                Integer.parseInt(all.getProperty("commitIntervalMs")),
                Path.of(all.getProperty("padding")),
                Path.of(all.getProperty("directory")),
                all.getProperty("option"));
    }
}
