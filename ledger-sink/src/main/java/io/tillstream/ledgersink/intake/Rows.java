package io.tillstream.ledgersink.intake;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** What one poll adds to the database. */
public interface Rows {

    /** The positions behind the records, of every partition that has any. */
    Map<TopicPartition, Position> after();

    /** Adds the rows inside the connection's transaction, which the caller commits. */
    void write(Connection connection) throws SQLException;

    /** Records that became rows. */
    int records();
}
