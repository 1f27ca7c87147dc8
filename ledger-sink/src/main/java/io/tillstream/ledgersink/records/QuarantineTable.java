package io.tillstream.ledgersink.records;

import io.tillstream.ledgersink.database.RowInsert;
import io.tillstream.schemas.AvroCodec;
import io.tillstream.schemas.Quarantined;
import io.tillstream.schemas.Topics;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** payments.quarantine into operations.quarantined. */
final class QuarantineTable implements RecordTable {
    private static final List<String> COLUMNS = List.of(
            "record_partition",
            "record_offset",
            "reason",
            "detail",
            "tenant",
            "topic",
            "partition",
            "\"offset\"",
            "recorded_at",
            "value_bytes",
            "value_hash");

    private final AvroCodec<Quarantined> codec;

    QuarantineTable(AvroCodec<Quarantined> codec) {
        this.codec = codec;
    }

    @Override
    public Topics topic() {
        return Topics.QUARANTINE;
    }

    @Override
    public Object decode(byte[] value) {
        return codec.decode(value);
    }

    @Override
    public void write(Connection connection, List<Placed> records) throws SQLException {
        try (RowInsert insert = RowInsert.into(connection, "operations.quarantined", COLUMNS)) {
            for (Placed placed : records) {
                Quarantined found = placed.as(Quarantined.class);
                insert.add(placed.partition()).add(placed.offset());
                insert.add(found.getReason()).add(found.getDetail()).add(found.getTenant());
                insert.add(found.getTopic()).add(found.getPartition()).add(found.getOffset());
                insert.add(found.getRecordedAt()).add(found.getValueBytes());
                insert.add(
                        found.getValueHash() == null
                                ? null
                                : found.getValueHash().bytes());
                insert.next();
            }
            insert.run();
        }
    }
}
