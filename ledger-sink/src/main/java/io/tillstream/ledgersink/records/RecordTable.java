package io.tillstream.ledgersink.records;

import io.tillstream.schemas.Topics;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** How the records of one topic become rows. */
interface RecordTable {

    Topics topic();

    /** Decodes one value, not null. */
    Object decode(byte[] value);

    /** Adds the rows of decoded records of one partition, in order, inside the connection's transaction. */
    void write(Connection connection, List<Placed> records) throws SQLException;

    /** A decoded record and where it stands. */
    record Placed(int partition, long offset, Object record) {
        static Placed of(ConsumerRecord<byte[], byte[]> source, Object record) {
            return new Placed(source.partition(), source.offset(), record);
        }

        <T> T as(Class<T> type) {
            return type.cast(record);
        }
    }
}
