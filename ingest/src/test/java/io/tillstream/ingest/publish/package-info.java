/** Shows that an outcome is told once whatever the producer does; {@code FakePublisher} stands in for it elsewhere. */
package io.tillstream.ingest.publish;
