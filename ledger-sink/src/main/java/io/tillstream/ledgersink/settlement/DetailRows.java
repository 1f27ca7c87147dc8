package io.tillstream.ledgersink.settlement;

import io.tillstream.ledgersink.database.Database;
import io.tillstream.ledgersink.database.DatabaseFaults;
import io.tillstream.ledgersink.settlement.BatchContents.PaymentDetail;
import io.tillstream.ledgersink.settlement.BatchContents.PaymentDetails;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The payment details of a batch, one entry at a time from a cursor, so that a large day needs no memory. */
final class DetailRows implements PaymentDetails {
    private static final int FETCH_ROWS = 2000;
    private static final String MOVEMENTS = "SELECT moved.partition, moved.sequence, moved.account, moved.counts_in,"
            + " moved.amount, moved.through, moved.tender, entry.payment_id, entry.event_id,"
            + " coalesce(entry.client_reference, ''), coalesce(entry.channel, ''), entry.occurred_at, entry.recorded_at,"
            + " entry.event_type, entry.items::text"
            + " FROM settlement.movements AS moved"
            + " JOIN ledger.entry ON entry.partition = moved.partition AND entry.sequence = moved.sequence"
            + " WHERE moved.tenant = ? AND moved.business_date = ?"
            + " ORDER BY moved.partition, moved.sequence, moved.posting_number";

    private final Database database;
    private final String batchId;
    private final String tenant;
    private final LocalDate businessDate;

    DetailRows(Database database, String batchId, String tenant, LocalDate businessDate) {
        this.database = database;
        this.batchId = batchId;
        this.tenant = tenant;
        this.businessDate = businessDate;
    }

    @Override
    public Stream<PaymentDetail> open() {
        try {
            Cursor cursor = new Cursor(database.connection());
            return StreamSupport.stream(
                            Spliterators.spliteratorUnknownSize(cursor, Spliterator.ORDERED | Spliterator.NONNULL),
                            false)
                    .onClose(cursor::close);
        } catch (SQLException e) {
            throw unchecked(e);
        }
    }

    private static UncheckedIOException unchecked(SQLException fault) {
        return new UncheckedIOException(new IOException("database: " + DatabaseFaults.inOneLine(fault), fault));
    }

    private final class Cursor implements Iterator<PaymentDetail> {
        private final Connection connection;
        private final PreparedStatement statement;
        private final ResultSet row;
        private final Queue<PaymentDetail> ready = new ArrayDeque<>();
        private boolean onRow;

        Cursor(Connection connection) throws SQLException {
            this.connection = connection;
            try {
                statement = connection.prepareStatement(MOVEMENTS);
                statement.setFetchSize(FETCH_ROWS);
                statement.setString(1, tenant);
                statement.setObject(2, businessDate);
                row = statement.executeQuery();
                onRow = row.next();
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
        }

        @Override
        public boolean hasNext() {
            if (ready.isEmpty() && onRow) {
                readEntry();
            }
            return !ready.isEmpty();
        }

        @Override
        public PaymentDetail next() {
            if (!hasNext()) {
                throw new NoSuchElementException("no more details of batch " + batchId);
            }
            return ready.remove();
        }

        /** Every movement of the entry that the cursor stands on. */
        private void readEntry() {
            try {
                int partition = row.getInt(1);
                long sequence = row.getLong(2);
                PaymentDetail facts = facts();
                String items = row.getString(15);
                List<DetailSplit.Movement> movements = new ArrayList<>();
                while (onRow && row.getInt(1) == partition && row.getLong(2) == sequence) {
                    movements.add(new DetailSplit.Movement(row.getString(3), row.getString(4), row.getLong(5)));
                    onRow = row.next();
                }
                ready.addAll(DetailSplit.details(facts, movements, items));
            } catch (SQLException e) {
                throw unchecked(e);
            }
        }

        private PaymentDetail facts() throws SQLException {
            return new PaymentDetail(
                    batchId,
                    row.getObject(8, UUID.class),
                    row.getObject(9, UUID.class),
                    row.getString(10),
                    row.getString(11),
                    row.getString(7),
                    row.getObject(12, OffsetDateTime.class).toInstant(),
                    row.getObject(13, OffsetDateTime.class).toInstant(),
                    row.getString(14),
                    0,
                    0,
                    0,
                    row.getString(6),
                    "",
                    "",
                    "");
        }

        /** Ends the transaction of the cursor and gives the connection back to the pool. */
        void close() {
            try (connection) {
                statement.close();
                connection.rollback();
            } catch (SQLException e) {
                throw unchecked(e);
            }
        }
    }
}
