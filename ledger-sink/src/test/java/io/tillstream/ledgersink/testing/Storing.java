package io.tillstream.ledgersink.testing;

import io.tillstream.ledgersink.intake.Position;
import io.tillstream.ledgersink.intake.RowWriter;
import io.tillstream.ledgersink.intake.Rows;
import io.tillstream.ledgersink.journal.JournalIntake;
import io.tillstream.schemas.AvroCodec;
import io.tillstream.schemas.JournalEntry;
import io.tillstream.schemas.SettlementBatch;
import io.tillstream.schemas.SettlementLine;
import io.tillstream.schemas.Topics;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Puts journals and batches into a test's database by the sink's own writer, without Kafka. */
public final class Storing {
    private Storing() {}

    public static AvroCodec<JournalEntry> journalCodec() {
        return AvroCodec.of(Topics.JOURNAL, JournalEntry.class, LedgerCluster.schemas());
    }

    /** Stores all partitions of a script from the beginning; the database must be new. */
    public static void journal(Ledger ledger, JournalScript script, int partitions) {
        JournalIntake intake = new JournalIntake(journalCodec());
        for (int number = 0; number < partitions; number++) {
            TopicPartition partition = Feed.journal(number);
            createPosition(ledger, partition);
            List<byte[]> values = script.values(number);
            if (!values.isEmpty()) {
                write(ledger, Feed.start(partition), Feed.read(intake, partition, values));
            }
        }
    }

    public static void createPosition(Ledger ledger, TopicPartition partition) {
        ledger.execute("INSERT INTO operations.sink_offset VALUES ('" + partition.topic() + "', "
                + partition.partition() + ", 0, 0, decode(repeat('00', 32), 'hex'))");
    }

    public static void write(Ledger ledger, Map<TopicPartition, Position> before, Rows rows) {
        try {
            new RowWriter(ledger.database()).write(before, rows);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A batch as the topic's table would hold it. */
    public static void batch(Ledger ledger, SettlementBatch batch) {
        ledger.execute(
                "INSERT INTO settlement.batch (batch_id, tenant, business_date, next_business_date, currency, state,"
                        + " entry_count, closed_at) VALUES ('" + batch.getBatchId() + "', '" + batch.getTenant()
                        + "', '"
                        + batch.getBusinessDate() + "', '" + batch.getNextBusinessDate() + "', '" + batch.getCurrency()
                        + "', 'CLOSED', " + batch.getEntryCount() + ", '" + batch.getClosedAt() + "')");
        batch.getParts()
                .forEach(part -> ledger.execute("INSERT INTO settlement.part VALUES ('" + batch.getBatchId() + "', "
                        + part.getPartition() + ", '" + batch.getTenant() + "', " + part.getFirstSequence() + ", "
                        + part.getLastSequence() + ", " + part.getEntryCount() + ", decode('"
                        + HexFormat.of().formatHex(part.getChainHead().bytes()) + "', 'hex'))"));
        batch.getLines().forEach(line -> line(ledger, batch, line));
    }

    private static void line(Ledger ledger, SettlementBatch batch, SettlementLine line) {
        ledger.execute("INSERT INTO settlement.line VALUES ('" + batch.getBatchId() + "', '" + batch.getTenant()
                + "', '"
                + line.getThrough() + "', '" + line.getTender() + "', '" + line.getAccount() + "', "
                + line.getGross() + ", " + line.getVoids() + ", " + line.getRefunds() + ", " + line.getChargebacks()
                + ", " + line.getReturns() + ", " + line.getFees() + ", " + line.getNet() + ", "
                + line.getCaptureCount() + ", " + line.getVoidCount() + ", " + line.getRefundCount() + ", "
                + line.getChargebackCount() + ", " + line.getReturnCount() + ", " + line.getFeeCount() + ")");
    }
}
