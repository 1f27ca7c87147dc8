/**
 * From a topic into PostgreSQL exactly once. {@link io.tillstream.ledgersink.intake.IntakeLoop} polls; an {@link
 * io.tillstream.ledgersink.intake.Intake} turns what was polled into {@link io.tillstream.ledgersink.intake.Rows} and new
 * positions; one database transaction per poll moves the positions in operations.sink_offset from the known values ({@link
 * io.tillstream.ledgersink.intake.Positions}) and adds the rows. The table is the offset store: Kafka's own group offsets are not
 * used. On assignment, and after every database fault, reading starts again at the stored position.
 *
 * <p>Never skips a record, never writes rows without moving the position, never goes on after a broken invariant.
 */
package io.tillstream.ledgersink.intake;
