/**
 * Where a cluster is: brokers, registry, database, ingest, files.
 *
 * <p>{@link io.tillstream.local.connection.ConnectionSettings} is read from the file that the running demo writes, from any
 * service's settings file (its other keys are left alone), or from options; commands and demo work with nothing else.
 *
 * <p>Never: a secret in a message or in the demo's file; secrets stand in files of their own, named here.
 */
package io.tillstream.local.connection;
