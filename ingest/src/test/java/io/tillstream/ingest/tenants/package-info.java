/** Shows what the directory makes of the records on its topics; {@code Cities} makes cities for the tests of all rooms. */
package io.tillstream.ingest.tenants;
