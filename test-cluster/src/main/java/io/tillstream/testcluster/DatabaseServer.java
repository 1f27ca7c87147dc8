package io.tillstream.testcluster;

/** A PostgreSQL that can be stopped and started again with its address and data. */
interface DatabaseServer {

    String jdbcUrl();

    String user();

    String password();

    void stop();

    void start();

    void close();
}
