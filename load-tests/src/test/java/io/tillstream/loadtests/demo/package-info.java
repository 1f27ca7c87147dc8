/**
 * The whole way, as a user runs it: the demo in processes that are interrupted and killed, and the demo twice on one data directory. While the second still runs, everything that it wrote is read
 * from outside (topics with plain Avro and the registry, database, files, logs, metrics) and searched for what must never be there.
 */
package io.tillstream.loadtests.demo;
