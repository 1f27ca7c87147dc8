package io.tillstream.loadtests.bench.sink;

import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyOut;

/**
 * The rows of a table in COPY's binary format, in the order in which the sink stored them, cut into batches. Source: PostgreSQL
 * documentation, COPY, "Binary Format": a header of 19 bytes, rows, and a trailer of two bytes of ones.
 */
final class CopyRows {
    private static final int HEADER_BYTES = 19;
    private static final byte[] TRAILER = {-1, -1};

    private final String table;
    private final List<byte[]> batches = new ArrayList<>();
    private long bytes;

    private CopyRows(String table) {
        this.table = table;
    }

    /** Reads a table into memory. */
    static CopyRows read(Connection connection, String table, long rows, long batches) throws SQLException {
        CopyRows read = new CopyRows(table);
        CopyOut out = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut("COPY " + table + " TO STDOUT (FORMAT binary)");
        ByteArrayOutputStream batch = new ByteArrayOutputStream();
        byte[] header = null;
        long seen = 0;
        // One message is one row; the header comes with the first.
        for (byte[] row = out.readFromCopy(); row != null; row = out.readFromCopy()) {
            if (row.length <= TRAILER.length) {
                continue;
            }
            int from = header == null ? HEADER_BYTES : 0;
            header = header == null ? java.util.Arrays.copyOf(row, HEADER_BYTES) : header;
            if (batch.size() == 0) {
                batch.writeBytes(header);
            }
            batch.write(row, from, row.length - from);
            seen++;
            if (seen * batches / rows > read.batches.size()) {
                read.end(batch);
            }
        }
        if (batch.size() > 0) {
            read.end(batch);
        }
        if (seen != rows || read.batches.size() != batches) {
            throw new IllegalStateException(
                    table + " gave " + seen + " of " + rows + " rows in " + read.batches.size() + " of " + batches);
        }
        return read;
    }

    private void end(ByteArrayOutputStream batch) {
        batch.writeBytes(TRAILER);
        batches.add(batch.toByteArray());
        bytes += batch.size();
        batch.reset();
    }

    int batches() {
        return batches.size();
    }

    /** In COPY's format. */
    long bytes() {
        return bytes;
    }

    /** Sends a batch inside the connection's transaction. */
    void send(Connection connection, int batch) throws SQLException {
        CopyIn in = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY " + table + " FROM STDIN (FORMAT binary)");
        byte[] rows = batches.get(batch);
        in.writeToCopy(rows, 0, rows.length);
        in.endCopy();
    }
}
