package io.tillstream.testcluster;

import io.tillstream.embedded.EmbeddedRegistry;
import java.nio.file.Path;
import java.util.Set;

/** A cluster of whatever servers a test needs; the registry is the embedded one in both variants. */
final class ComposedCluster implements TestCluster {

    private final Path registryDirectory;
    private BrokerServer broker;
    private EmbeddedRegistry registry;
    private DatabaseServer database;

    private ComposedCluster(Path directory) {
        registryDirectory = directory.resolve("registry");
    }

    static TestCluster start(Path directory, Set<Need> needs, boolean inContainers) {
        ComposedCluster cluster = new ComposedCluster(directory);
        try {
            cluster.startNeeded(directory, needs, inContainers);
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    private void startNeeded(Path directory, Set<Need> needs, boolean inContainers) {
        if (needs.contains(Need.DATABASE)) {
            database = inContainers ? new DatabaseInContainer() : new DatabaseInProcess(directory.resolve("database"));
        }
        if (needs.contains(Need.BROKER) || needs.contains(Need.REGISTRY)) {
            broker = inContainers ? new BrokerInContainer() : new BrokerInProcess(directory.resolve("broker"));
        }
        if (needs.contains(Need.REGISTRY)) {
            registry = EmbeddedRegistry.start(registryDirectory, broker.bootstrapServers(), 0);
        }
    }

    @Override
    public String bootstrapServers() {
        return present(broker, Need.BROKER).bootstrapServers();
    }

    @Override
    public String registryUrl() {
        return present(registry, Need.REGISTRY).url();
    }

    @Override
    public String jdbcUrl() {
        return present(database, Need.DATABASE).jdbcUrl();
    }

    @Override
    public String databaseUser() {
        return present(database, Need.DATABASE).user();
    }

    @Override
    public String databasePassword() {
        return present(database, Need.DATABASE).password();
    }

    @Override
    public void stopBroker() {
        present(broker, Need.BROKER).stop();
    }

    @Override
    public void startBroker() {
        present(broker, Need.BROKER).start();
    }

    @Override
    public void restartRegistry() {
        String url = registryUrl();
        registry.close();
        registry = EmbeddedRegistry.start(registryDirectory, bootstrapServers(), 0);
        if (!registry.url().equals(url)) {
            throw new IllegalStateException("somebody took the registry's port: it was at " + url);
        }
    }

    @Override
    public void stopDatabase() {
        present(database, Need.DATABASE).stop();
    }

    @Override
    public void startDatabase() {
        present(database, Need.DATABASE).start();
    }

    /** Also after a start that failed half-way, so some may be absent. */
    @Override
    public void close() {
        if (registry != null) {
            registry.close();
        }
        if (broker != null) {
            broker.close();
        }
        if (database != null) {
            database.close();
        }
    }

    private static <T> T present(T server, Need need) {
        if (server == null) {
            throw new IllegalStateException("this cluster was started without " + need);
        }
        return server;
    }
}
