package io.tillstream.ledgersink.database;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Rows of one table in COPY's binary format. Fields follow each other in the order of the columns; used again after
 * {@link #clear}. Source: PostgreSQL documentation, COPY, "Binary Format"; times count from 2000-01-01.
 */
public final class CopyBuffer {
    private static final VarHandle SHORTS = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0};
    private static final int HEADER_BYTES = SIGNATURE.length + 8;
    private static final int CHUNK_BYTES = 64 * 1024;
    private static final short END = -1;
    private static final int NULL_LENGTH = -1;
    private static final byte JSONB_VERSION = 1;
    private static final int DAYS_TO_2000 = 10_957;
    private static final long MICROS_TO_2000 = 946_684_800_000_000L;

    /** PostgreSQL's beginning of time, 4714-11-24 BC; its end lies behind the last microsecond of a long. */
    private static final long EPOCH_MICROS_MIN = -210_866_803_200_000_000L;

    private final String copy;
    private byte[] bytes = new byte[1024 * 1024];
    private int at;
    private int rows;
    private int open;

    /** @param copy for example {@code ledger.posting (sequence, amount)} */
    public CopyBuffer(String copy) {
        this.copy = "COPY " + copy + " FROM STDIN (FORMAT binary)";
        clear();
    }

    /** Forgets all rows. */
    public void clear() {
        System.arraycopy(SIGNATURE, 0, bytes, 0, SIGNATURE.length);
        Arrays.fill(bytes, SIGNATURE.length, HEADER_BYTES, (byte) 0);
        at = HEADER_BYTES;
        rows = 0;
    }

    /** Rows begun. */
    public int rows() {
        return rows;
    }

    /** Begins a row; exactly {@code fields} values follow. */
    public void row(int fields) {
        room(2);
        SHORTS.set(bytes, at, (short) fields);
        at += 2;
        rows++;
    }

    public void putNull() {
        length(NULL_LENGTH);
    }

    /** integer. */
    public void putInt(int value) {
        length(4);
        room(4);
        INTS.set(bytes, at, value);
        at += 4;
    }

    /** bigint. */
    public void putLong(long value) {
        length(8);
        room(8);
        LONGS.set(bytes, at, value);
        at += 8;
    }

    /** date, from days since 1970-01-01. */
    public void putDate(int epochDay) {
        putInt(epochDay - DAYS_TO_2000);
    }

    /** timestamptz, from microseconds since 1970-01-01T00:00Z; before PostgreSQL's range it is -infinity. */
    public void putTime(long epochMicros) {
        putLong(epochMicros < EPOCH_MICROS_MIN ? Long.MIN_VALUE : epochMicros - MICROS_TO_2000);
    }

    /** bytea or uuid; text that is known to be storable. */
    public void putBytes(byte[] source, int from, int length) {
        length(length);
        room(length);
        System.arraycopy(source, from, bytes, at, length);
        at += length;
    }

    /** Text from UTF-8 bytes. What PostgreSQL can't store (NUL, broken UTF-8) becomes U+FFFD, as in {@link #storable}. */
    public void putText(byte[] source, int from, int length) {
        if (isPlain(source, from, length)) {
            putBytes(source, from, length);
            return;
        }
        byte[] stored = storable(new String(source, from, length, StandardCharsets.UTF_8))
                .getBytes(StandardCharsets.UTF_8);
        putBytes(stored, 0, stored.length);
    }

    /** Begins a jsonb value; pieces follow, then {@link #endJson}. */
    public void beginJson() {
        length(0);
        open = at;
        room(1);
        bytes[at++] = JSONB_VERSION;
    }

    /** A piece of JSON syntax, as it is. */
    public void json(byte[] syntax) {
        room(syntax.length);
        System.arraycopy(syntax, 0, bytes, at, syntax.length);
        at += syntax.length;
    }

    /** The inside of a JSON string from UTF-8 bytes, escaped; unstorable characters as in {@link #putText}. */
    public void jsonText(byte[] source, int from, int length) {
        if (isPlain(source, from, length)) {
            escape(source, from, length);
            return;
        }
        byte[] stored = storable(new String(source, from, length, StandardCharsets.UTF_8))
                .getBytes(StandardCharsets.UTF_8);
        escape(stored, 0, stored.length);
    }

    /** Ends the jsonb value. */
    public void endJson() {
        INTS.set(bytes, open - 4, at - open);
    }

    /** A text as the database holds it: PostgreSQL has no NUL. */
    public static String storable(String text) {
        return text.replace('\0', '\uFFFD');
    }

    /** Sends the rows inside the connection's transaction; they stay here, so that they can be sent again. */
    public void send(Connection connection) throws SQLException {
        if (rows == 0) {
            return;
        }
        CopyIn stream = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(copy);
        try {
            for (int from = 0; from < at; from += CHUNK_BYTES) {
                stream.writeToCopy(bytes, from, Math.min(CHUNK_BYTES, at - from));
            }
            stream.writeToCopy(new byte[] {(byte) (END >> 8), (byte) END}, 0, 2);
            long stored = stream.endCopy();
            if (stored != rows) {
                throw new SQLException(copy + " stored " + stored + " of " + rows + " rows");
            }
        } finally {
            if (stream.isActive()) {
                stream.cancelCopy();
            }
        }
    }

    private void escape(byte[] source, int from, int length) {
        room(6 * length);
        for (int i = from; i < from + length; i++) {
            byte b = source[i];
            if (b == '"' || b == '\\') {
                bytes[at++] = '\\';
                bytes[at++] = b;
            } else if (b >= 0 && b < ' ') {
                byte[] hex = String.format("\\u%04x", (int) b).getBytes(StandardCharsets.US_ASCII);
                System.arraycopy(hex, 0, bytes, at, hex.length);
                at += hex.length;
            } else {
                bytes[at++] = b;
            }
        }
    }

    /** ASCII without NUL: most text, and storable as it is. */
    private static boolean isPlain(byte[] source, int from, int length) {
        for (int i = from; i < from + length; i++) {
            if (source[i] <= 0) {
                return false;
            }
        }
        return true;
    }

    private void length(int length) {
        room(4);
        INTS.set(bytes, at, length);
        at += 4;
    }

    private void room(int needed) {
        if (needed > bytes.length - at) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, at + needed));
        }
    }
}
