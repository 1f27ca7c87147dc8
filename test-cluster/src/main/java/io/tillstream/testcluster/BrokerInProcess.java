package io.tillstream.testcluster;

import io.tillstream.embedded.EmbeddedBroker;
import java.nio.file.Path;

/** The embedded broker, in the test's JVM. */
final class BrokerInProcess implements BrokerServer {

    private final Path directory;
    private final String bootstrapServers;
    private EmbeddedBroker broker;

    BrokerInProcess(Path directory) {
        this.directory = directory;
        broker = EmbeddedBroker.start(directory, 0);
        bootstrapServers = broker.bootstrapServers();
    }

    @Override
    public String bootstrapServers() {
        return bootstrapServers;
    }

    @Override
    public void stop() {
        if (broker != null) {
            broker.close();
            broker = null;
        }
    }

    @Override
    public void start() {
        if (broker != null) {
            throw new IllegalStateException("the broker is running");
        }
        broker = EmbeddedBroker.start(directory, 0);
        if (!broker.bootstrapServers().equals(bootstrapServers)) {
            throw new IllegalStateException("somebody took the broker's port: it was " + bootstrapServers
                    + " and is now " + broker.bootstrapServers());
        }
    }

    @Override
    public void close() {
        stop();
    }
}
