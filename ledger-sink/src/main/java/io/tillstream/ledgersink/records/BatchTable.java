package io.tillstream.ledgersink.records;

import io.tillstream.ledgersink.database.RowInsert;
import io.tillstream.schemas.AvroCodec;
import io.tillstream.schemas.PartHead;
import io.tillstream.schemas.SettlementBatch;
import io.tillstream.schemas.SettlementLine;
import io.tillstream.schemas.Topics;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** settlement.batches into settlement.batch, part and line; every batch begins as CLOSED. */
final class BatchTable implements RecordTable {
    private static final List<String> BATCH = List.of(
            "batch_id",
            "tenant",
            "business_date",
            "next_business_date",
            "currency",
            "state",
            "entry_count",
            "closed_at");
    private static final List<String> PART =
            List.of("batch_id", "partition", "tenant", "first_sequence", "last_sequence", "entry_count", "chain_head");
    private static final List<String> LINE = List.of(
            "batch_id",
            "tenant",
            "through",
            "tender",
            "account",
            "gross",
            "voids",
            "refunds",
            "chargebacks",
            "returns",
            "fees",
            "net",
            "capture_count",
            "void_count",
            "refund_count",
            "chargeback_count",
            "return_count",
            "fee_count");

    private final AvroCodec<SettlementBatch> codec;

    BatchTable(AvroCodec<SettlementBatch> codec) {
        this.codec = codec;
    }

    @Override
    public Topics topic() {
        return Topics.BATCHES;
    }

    @Override
    public Object decode(byte[] value) {
        return codec.decode(value);
    }

    @Override
    public void write(Connection connection, List<Placed> records) throws SQLException {
        try (RowInsert batches = RowInsert.into(connection, "settlement.batch", BATCH);
                RowInsert parts = RowInsert.into(connection, "settlement.part", PART);
                RowInsert lines = RowInsert.into(connection, "settlement.line", LINE)) {
            for (Placed placed : records) {
                SettlementBatch batch = placed.as(SettlementBatch.class);
                add(batches, batch);
                for (PartHead part : batch.getParts()) {
                    add(parts, batch, part);
                }
                for (SettlementLine line : batch.getLines()) {
                    add(lines, batch, line);
                }
            }
            batches.run();
            parts.run();
            lines.run();
        }
    }

    private static void add(RowInsert insert, SettlementBatch batch) throws SQLException {
        insert.add(batch.getBatchId()).add(batch.getTenant());
        insert.addDate(batch.getBusinessDate()).addDate(batch.getNextBusinessDate());
        insert.add(batch.getCurrency()).add("CLOSED").add(batch.getEntryCount());
        insert.add(batch.getClosedAt()).next();
    }

    private static void add(RowInsert insert, SettlementBatch batch, PartHead part) throws SQLException {
        insert.add(batch.getBatchId()).add(part.getPartition()).add(batch.getTenant());
        insert.add(part.getFirstSequence()).add(part.getLastSequence()).add(part.getEntryCount());
        insert.add(part.getChainHead().bytes()).next();
    }

    private static void add(RowInsert insert, SettlementBatch batch, SettlementLine line) throws SQLException {
        insert.add(batch.getBatchId()).add(batch.getTenant());
        insert.add(line.getThrough()).add(line.getTender()).add(line.getAccount());
        insert.add(line.getGross()).add(line.getVoids()).add(line.getRefunds());
        insert.add(line.getChargebacks()).add(line.getReturns()).add(line.getFees());
        insert.add(line.getNet()).add(line.getCaptureCount()).add(line.getVoidCount());
        insert.add(line.getRefundCount()).add(line.getChargebackCount());
        insert.add(line.getReturnCount()).add(line.getFeeCount()).next();
    }
}
