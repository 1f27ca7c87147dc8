package io.tillstream.streams.posting;

import io.tillstream.schemas.JournalEntry;
import io.tillstream.schemas.WireFormat;
import java.io.IOException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;

/** Reads whole entries through Avro: for marks, which are few. */
final class MarkReader {
    private final SpecificDatumReader<JournalEntry> reader = new SpecificDatumReader<>(JournalEntry.class);

    JournalEntry entry(byte[] value) {
        try {
            return reader.read(
                    null,
                    DecoderFactory.get()
                            .binaryDecoder(
                                    value, WireFormat.HEADER_BYTES, value.length - WireFormat.HEADER_BYTES, null));
        } catch (IOException | AvroRuntimeException e) {
            throw new BrokenInvariantException(
                    "Journal: an entry that Avro can't read: " + e.getClass().getSimpleName());
        }
    }
}
