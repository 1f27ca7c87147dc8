package io.tillstream.schemas.hot;

import io.tillstream.schemas.Refusal;
import java.nio.charset.StandardCharsets;

/** Writes Refused in the wire format, the event's bytes copied as they are: clients that send twice make many of them. */
public final class RefusedWriter {
    private static final byte[] EMPTY = {};

    private final AvroOutput out = new AvroOutput();

    /**
     * One refused event, in an array of its own.
     *
     * @param detail what and where, in words, without personal data
     * @param partition of payments.events, like {@code offset}
     * @param recordedAtMs timestamp of the input record
     */
    @SuppressWarnings("EnumOrdinal") // Avro writes an enum as the index of its symbol
    public byte[] write(
            int schemaId,
            Refusal reason,
            String detail,
            int partition,
            long offset,
            long recordedAtMs,
            EventView event) {
        out.begin(schemaId);
        out.writeLong(reason.ordinal());
        out.string(detail.getBytes(StandardCharsets.UTF_8));
        out.string(EMPTY, event.bytes(), event.tenantAt(), event.tenantLength());
        out.writeLong(partition);
        out.writeLong(offset);
        out.writeLong(recordedAtMs);
        out.writeLong(1);
        out.copy(event.bytes(), event.start(), event.end() - event.start());
        return out.toBytes();
    }
}
