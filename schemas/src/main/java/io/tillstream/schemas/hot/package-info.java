/**
 * The records of the hot path, PaymentEvent, JournalEntry and Refused, read and written as bytes.
 *
 * <p>{@link io.tillstream.schemas.hot.EventView} walks an event once and keeps where its fields stand; {@link
 * io.tillstream.schemas.hot.EntryWriter} writes an entry around the event's bytes, copied as they are; {@link
 * io.tillstream.schemas.hot.EntryView} walks an entry; {@link io.tillstream.schemas.hot.RefusedWriter} copies an event that
 * is not accepted. A view holds no copy and is used again for the next record.
 *
 * <p>Only the current schema version is read here; other versions are resolved by Avro before. A test holds these classes
 * against Avro's own reader and writer, field by field. Nothing here logs or repeats a value.
 */
package io.tillstream.schemas.hot;
