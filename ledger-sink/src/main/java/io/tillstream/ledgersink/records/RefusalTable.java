package io.tillstream.ledgersink.records;

import io.tillstream.ledgersink.database.RowInsert;
import io.tillstream.schemas.AvroCodec;
import io.tillstream.schemas.Ids;
import io.tillstream.schemas.PaymentEvent;
import io.tillstream.schemas.Refused;
import io.tillstream.schemas.Topics;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** payments.refused into ledger.refusal. */
final class RefusalTable implements RecordTable {
    private static final List<String> COLUMNS = List.of(
            "record_partition",
            "record_offset",
            "tenant",
            "partition",
            "\"offset\"",
            "reason",
            "detail",
            "event_id",
            "payment_id",
            "event_type",
            "amount",
            "currency",
            "recorded_at");

    private final AvroCodec<Refused> codec;

    RefusalTable(AvroCodec<Refused> codec) {
        this.codec = codec;
    }

    @Override
    public Topics topic() {
        return Topics.REFUSED;
    }

    @Override
    public Object decode(byte[] value) {
        return codec.decode(value);
    }

    @Override
    public void write(Connection connection, List<Placed> records) throws SQLException {
        try (RowInsert insert = RowInsert.into(connection, "ledger.refusal", COLUMNS)) {
            for (Placed placed : records) {
                Refused refused = placed.as(Refused.class);
                insert.add(placed.partition()).add(placed.offset());
                insert.add(refused.getTenant()).add(refused.getPartition()).add(refused.getOffset());
                insert.add(refused.getReason()).add(refused.getDetail());
                addEvent(insert, refused.getEvent());
                insert.add(refused.getRecordedAt()).next();
            }
            insert.run();
        }
    }

    private static void addEvent(RowInsert insert, PaymentEvent event) throws SQLException {
        if (event == null) {
            insert.add((UUID) null)
                    .add((UUID) null)
                    .add((String) null)
                    .add((Long) null)
                    .add((String) null);
            return;
        }
        insert.add(Ids.toUuid(event.getEventId())).add(Ids.toUuid(event.getPaymentId()));
        insert.add(event.getType()).add(event.getAmount()).add(event.getCurrency());
    }
}
