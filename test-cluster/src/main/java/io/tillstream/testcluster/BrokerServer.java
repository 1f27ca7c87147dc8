package io.tillstream.testcluster;

/** A broker that can be stopped and started again with its address and data. */
interface BrokerServer {

    String bootstrapServers();

    void stop();

    void start();

    void close();
}
