package io.tillstream.ledgersink.records;

import io.tillstream.ledgersink.database.RowInsert;
import io.tillstream.schemas.Anomaly;
import io.tillstream.schemas.AvroCodec;
import io.tillstream.schemas.Topics;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** fraud.anomalies into fraud.anomaly. */
final class AnomalyTable implements RecordTable {
    private static final List<String> COLUMNS = List.of(
            "record_partition",
            "record_offset",
            "anomaly_id",
            "rule",
            "tenant",
            "subject_kind",
            "subject",
            "channel",
            "window_start",
            "window_end",
            "detected_at",
            "attempts",
            "declines",
            "small_amounts",
            "distinct_cards",
            "amount_total",
            "currency",
            "detail",
            "evidence");

    private final AvroCodec<Anomaly> codec;

    AnomalyTable(AvroCodec<Anomaly> codec) {
        this.codec = codec;
    }

    @Override
    public Topics topic() {
        return Topics.ANOMALIES;
    }

    @Override
    public Object decode(byte[] value) {
        return codec.decode(value);
    }

    @Override
    public void write(Connection connection, List<Placed> records) throws SQLException {
        try (RowInsert insert = RowInsert.into(connection, "fraud.anomaly", COLUMNS)) {
            for (Placed placed : records) {
                Anomaly found = placed.as(Anomaly.class);
                insert.add(placed.partition()).add(placed.offset());
                insert.add(found.getAnomalyId()).add(found.getRule()).add(found.getTenant());
                insert.add(found.getSubjectKind()).add(found.getSubject()).add(found.getChannel());
                insert.add(found.getWindowStart()).add(found.getWindowEnd()).add(found.getDetectedAt());
                insert.add(found.getAttempts()).add(found.getDeclines()).add(found.getSmallAmounts());
                insert.add(found.getDistinctCards()).add(found.getAmountTotal()).add(found.getCurrency());
                insert.add(found.getDetail()).addTexts(found.getEvidence()).next();
            }
            insert.run();
        }
    }
}
