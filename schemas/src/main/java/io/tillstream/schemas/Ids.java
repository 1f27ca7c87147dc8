package io.tillstream.schemas;

import java.nio.ByteBuffer;
import java.util.UUID;

/** Between the UUID that people and JSON see and the 16 bytes of the wire. */
public final class Ids {
    /** No id, for marks. */
    public static final UUID NONE = new UUID(0, 0);

    private Ids() {}

    public static UUID toUuid(Id id) {
        ByteBuffer bytes = ByteBuffer.wrap(id.bytes());
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    public static Id toId(UUID uuid) {
        byte[] bytes = new byte[16];
        ByteBuffer.wrap(bytes).putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits());
        return new Id(bytes);
    }
}
