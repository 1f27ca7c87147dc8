/**
 * Real servers on a bare machine: the Kafka broker, the schema registry and PostgreSQL that Tillstream starts by itself.
 *
 * <p>The broker runs in this JVM (or in its own, see {@link io.tillstream.embedded.EmbeddedBroker#main}); the registry and
 * PostgreSQL run as child processes. Each server keeps its data, its log file and its chosen port in one directory that the
 * caller names, so that starting again on that directory continues where the last run stopped, however it ended.
 *
 * <p>Every server listens on 127.0.0.1 only. A child never outlives the process that started it: it is told to shut down
 * when the pipe from its parent closes, which the kernel does even after a SIGKILL (see
 * {@link io.tillstream.embedded.ChildProcess}).
 *
 * <p>This package never weakens durability, never stops a process that it has not proven to be its own, and knows nothing
 * of payments. One broker survives the death of processes, not of its disk.
 */
package io.tillstream.embedded;
