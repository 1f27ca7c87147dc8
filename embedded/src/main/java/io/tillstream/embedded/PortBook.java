package io.tillstream.embedded;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * The ports that a server had, kept in its data directory: clients that remember an address, and controller voters that were
 * written with it, find the server there again.
 */
final class PortBook {

    private final Path file;
    private final Properties ports = new Properties();

    PortBook(Path dataDirectory) throws IOException {
        file = dataDirectory.resolve("ports");
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                ports.load(reader);
            }
        }
    }

    /** The preferred port if it is given (not 0) and free, else the port of the last run if free, else any free one. */
    int choose(String name, int preferredPort) throws IOException {
        int remembered = Integer.parseInt(ports.getProperty(name, "0"));
        int port = firstFree(preferredPort, remembered);
        if (port != remembered) {
            ports.setProperty(name, Integer.toString(port));
            try (Writer writer = Files.newBufferedWriter(file)) {
                ports.store(writer, null);
            }
        }
        return port;
    }

    private static int firstFree(int preferred, int remembered) {
        if (preferred != 0 && Ports.isFree(preferred)) {
            return preferred;
        }
        if (remembered != 0 && Ports.isFree(remembered)) {
            return remembered;
        }
        return Ports.free();
    }
}
