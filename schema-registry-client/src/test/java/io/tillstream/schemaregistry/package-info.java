/**
 * The proof that the restored registry client works: `io.confluent.kafka.schemaregistry` under its own names, with the
 * libraries that this module's pom gives it. Nothing here is shipped; the flow is only build, restore, load, call.
 */
package io.tillstream.schemaregistry;
