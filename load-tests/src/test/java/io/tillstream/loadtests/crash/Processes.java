package io.tillstream.loadtests.crash;

import io.tillstream.embedded.Ports;
import io.tillstream.ledgersink.LedgerSinkMain;
import io.tillstream.streams.StreamsMain;
import io.tillstream.testcluster.JavaProcess;
import io.tillstream.testcluster.TestCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Starts the services as processes of their own on a test's cluster. */
final class Processes {
    private static final List<String> SMALL_HEAP = List.of("-Xmx320m", "-Dtillstream.log=plain");

    private final Path directory;
    private final String kafka;
    private final TestCluster cluster;
    private int started;

    Processes(Path directory, String bootstrapServers, TestCluster cluster) {
        this.directory = directory;
        this.kafka = "kafka { bootstrap.servers = \"" + bootstrapServers + "\" }\n";
        this.cluster = cluster;
    }

    /** A posting process that tells of itself; as {@link #streams}. */
    PostingProcess posting(String name) {
        int port = Ports.free();
        return new PostingProcess(streams(name, "posting", port), port);
    }

    /** A streams process with a name of its own (its state directory), one standby replica wanted. */
    JavaProcess streams(String name, String roles) {
        return streams(name, roles, 0);
    }

    private JavaProcess streams(String name, String roles, int opsPort) {
        return start(StreamsMain.class, name, """
                roles = [%s]
                state.directory = "%s"
                standby.replicas = 1
                internal.replication = 1
                ops.port = %d
                """.formatted(roles, directory.resolve(name), opsPort));
    }

    JavaProcess sink(String name) {
        return start(LedgerSinkMain.class, name, """
                database { url = "%s", user = "%s"%s }
                files.directory = "%s"
                closer.enabled = false
                ops.port = 0
                """.formatted(
                        cluster.jdbcUrl(), cluster.databaseUser(), password(), files()));
    }

    /** Where every sink writes settlement files. */
    Path files() {
        return directory.resolve("files");
    }

    /** None where the server trusts the connection. */
    private String password() {
        String password = cluster.databasePassword();
        return password.isEmpty() ? "" : ", password = \"" + password + "\"";
    }

    private JavaProcess start(Class<?> main, String name, String settings) {
        try {
            Path file = directory.resolve(name + ".conf");
            String url = "registry.url = \"" + cluster.registryUrl() + "\"\n";
            Files.writeString(file, kafka + url + settings);
            Path output = directory.resolve(name + "-" + started++ + ".log");
            return JavaProcess.start(main, output, SMALL_HEAP, file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
