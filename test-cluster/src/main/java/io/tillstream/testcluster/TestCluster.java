package io.tillstream.testcluster;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The servers of one test. Addresses stay the same as long as it is open. A call that concerns a server that was not asked
 * for throws {@link IllegalStateException}, as does any server that does not come up.
 */
public interface TestCluster extends AutoCloseable {

    /**
     * Starts what is needed and waits until it answers.
     *
     * @param directory for data and logs, empty or of an earlier embedded cluster, which is then continued
     */
    static TestCluster start(Path directory, Need... needs) {
        Set<Need> needed = EnumSet.noneOf(Need.class);
        needed.addAll(List.of(needs));
        return ComposedCluster.start(directory, needed, Containers.areWanted());
    }

    /** host:port */
    String bootstrapServers();

    /** The root of the registry's Confluent API. */
    String registryUrl();

    String jdbcUrl();

    /** A superuser. */
    String databaseUser();

    String databasePassword();

    /** A clean stop; clients see refused connections. */
    void stopBroker();

    void startBroker();

    default void restartBroker() {
        stopBroker();
        startBroker();
    }

    void restartRegistry();

    /** A clean stop that cuts off sessions; clients see refused connections. */
    void stopDatabase();

    void startDatabase();

    default void restartDatabase() {
        stopDatabase();
        startDatabase();
    }

    @Override
    void close();
}
