package io.tillstream.ledgersink.journal;

import io.tillstream.ledgersink.intake.BrokenInputException;
import io.tillstream.ledgersink.intake.Intake;
import io.tillstream.ledgersink.intake.Position;
import io.tillstream.ledgersink.intake.Rows;
import io.tillstream.schemas.AvroCodec;
import io.tillstream.schemas.Hash;
import io.tillstream.schemas.JournalEntry;
import io.tillstream.schemas.Topics;
import io.tillstream.schemas.UnreadableRecordException;
import io.tillstream.schemas.WireFormat;
import io.tillstream.schemas.hot.HashChain;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Entries and postings from the journal; nothing is stored that does not follow what is stored. */
public final class JournalIntake implements Intake {
    private final AvroCodec<JournalEntry> codec;
    private final boolean checksSequence;
    private final boolean checksChain;
    private final HashChain chain = new HashChain();
    private final BalanceChanges balances = new BalanceChanges();
    private final EntryRows rows = new EntryRows(balances);
    private final OpenDays openDays = new OpenDays();

    /** @param codec of the topic; also reads entries of other schema versions */
    public JournalIntake(AvroCodec<JournalEntry> codec) {
        this(codec, true, true);
    }

    /**
     * Mutants for tests.
     *
     * @param checksSequence false: a gap goes unseen
     * @param checksChain false: a changed entry goes unseen
     */
    JournalIntake(AvroCodec<JournalEntry> codec, boolean checksSequence, boolean checksChain) {
        this.codec = codec;
        this.checksSequence = checksSequence;
        this.checksChain = checksChain;
    }

    @Override
    public String name() {
        return "journal";
    }

    @Override
    public List<String> topics() {
        return List.of(Topics.JOURNAL.topicName());
    }

    @Override
    public boolean isWhole(String topic) {
        return true;
    }

    @Override
    public Rows read(
            Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records, Map<TopicPartition, Position> before) {
        rows.clear();
        balances.clear();
        openDays.clear();
        Map<TopicPartition, Position> after = new HashMap<>();
        records.forEach((partition, entries) -> after.put(partition, read(entries, before.get(partition))));
        return new JournalRows(Map.copyOf(after));
    }

    private Position read(List<ConsumerRecord<byte[], byte[]>> entries, Position before) {
        byte[] head = before.chainHead().bytes();
        chain.startFrom(head, 0);
        long sequence = before.nextSequence();
        long offset = before.nextOffset();
        for (ConsumerRecord<byte[], byte[]> entry : entries) {
            add(entry, sequence);
            sequence = rows.sequence() + 1;
            offset = entry.offset() + 1;
        }
        return new Position(offset, sequence, new Hash(chain.head()));
    }

    private void add(ConsumerRecord<byte[], byte[]> entry, long expected) {
        byte[] value = entry.value();
        try {
            byte[] current = inCurrentVersion(value);
            boolean isMark = rows.add(current);
            checkPlace(entry, expected);
            if (!follows(value) && checksChain) {
                throw broken(entry, expected, "does not follow the hash of the entry before it (I6)", null);
            }
            if (isMark) {
                openDays.add(codec.decode(current));
            }
        } catch (UnreadableRecordException | IllegalArgumentException | ArithmeticException e) {
            throw broken(entry, expected, String.valueOf(e.getMessage()), e);
        }
    }

    /** With the check off the chain goes on from what stands in the entry. */
    private boolean follows(byte[] value) {
        boolean follows = chain.follows(value);
        if (!follows) {
            chain.startFrom(value, value.length - chain.head().length);
        }
        return follows;
    }

    private byte[] inCurrentVersion(byte[] value) {
        int schemaId = WireFormat.schemaId(value);
        return schemaId == codec.schemaId() ? value : codec.encode(codec.decode(value));
    }

    private void checkPlace(ConsumerRecord<byte[], byte[]> entry, long expected) {
        if (rows.partition() != entry.partition()) {
            throw broken(entry, expected, "names partition " + rows.partition() + " (I6)", null);
        }
        if (rows.sequence() != expected && checksSequence) {
            throw broken(entry, expected, "has sequence " + rows.sequence() + " (I6)", null);
        }
    }

    private static BrokenInputException broken(
            ConsumerRecord<byte[], byte[]> entry, long expected, String what, Exception cause) {
        return new BrokenInputException(
                "journal partition " + entry.partition() + ", sequence " + expected + " expected, offset "
                        + entry.offset() + ": the entry " + what,
                cause);
    }

    private final class JournalRows implements Rows {
        private final Map<TopicPartition, Position> after;

        JournalRows(Map<TopicPartition, Position> after) {
            this.after = after;
        }

        @Override
        public Map<TopicPartition, Position> after() {
            return after;
        }

        @Override
        public void write(Connection connection) throws SQLException {
            rows.send(connection);
            balances.write(connection);
            openDays.write(connection);
        }

        @Override
        public int records() {
            return rows.entries();
        }
    }
}
