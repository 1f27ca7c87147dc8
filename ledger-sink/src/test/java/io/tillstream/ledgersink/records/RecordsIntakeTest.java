package io.tillstream.ledgersink.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillstream.ledgersink.intake.BrokenInputException;
import io.tillstream.ledgersink.intake.RowWriter;
import io.tillstream.ledgersink.testing.Feed;
import io.tillstream.ledgersink.testing.JournalScript;
import io.tillstream.ledgersink.testing.Ledger;
import io.tillstream.ledgersink.testing.LedgerCluster;
import io.tillstream.ledgersink.testing.SideRecords;
import io.tillstream.ledgersink.testing.Storing;
import io.tillstream.schemas.AvroCodec;
import io.tillstream.schemas.SettlementBatch;
import io.tillstream.schemas.Topics;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Arrays;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The topics beside the journal; their whole way is in LedgerSinkTest. */
@Tag("cluster")
final class RecordsIntakeTest {
    private final RecordsIntake intake = RecordsIntake.of(LedgerCluster.schemas());
    private Ledger ledger;

    @BeforeEach
    void open() {
        ledger = LedgerCluster.freshLedger();
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void shouldKeepTheNewestRecordOfATenantAndTheLastWhenItIsDeleted() throws SQLException {
        store(
                Topics.TENANTS,
                SideRecords.tenant("ada"),
                SideRecords.tenant("bay"),
                SideRecords.tenant("ada", "Europe/Berlin", "18:00"),
                null);
        assertThat(ledger.rows("SELECT tenant, time_zone, cut_off FROM operations.tenants ORDER BY tenant"))
                .containsExactly("ada|Europe/Berlin|18:00", "bay|America/Chicago|17:00");
        assertThat(ledger.value("SELECT next_offset FROM operations.sink_offset"))
                .isEqualTo(Long.toString(Feed.offset(3) + 1));
    }

    @Test
    void shouldPassOverATenantWhoseTimesCannotBeComputed() throws SQLException {
        store(
                Topics.TENANTS,
                SideRecords.tenant("ada"),
                SideRecords.tenant("ada", "Mars/Olympus", "17:00"),
                SideRecords.tenant("ada", "UTC", "5 pm"));
        assertThat(ledger.rows("SELECT tenant, time_zone, cut_off FROM operations.tenants"))
                .containsExactly("ada|America/Chicago|17:00");
    }

    @Test
    void shouldStopWhenABatchComesTwice() throws SQLException {
        JournalScript script = new JournalScript(Storing.journalCodec(), 1);
        script.terms("ada", LocalDate.of(2026, 3, 2));
        byte[] batch = AvroCodec.of(Topics.BATCHES, SettlementBatch.class, LedgerCluster.schemas())
                .encode(script.close("ada"));
        assertThatThrownBy(() -> store(Topics.BATCHES, batch, batch)).hasMessageContaining("batch_pkey");
        assertThat(ledger.rows("SELECT * FROM settlement.batch")).isEmpty();
    }

    @Test
    void shouldStopWithThePlaceWhenARecordIsUnreadable() {
        byte[] cut = Arrays.copyOf(SideRecords.refused("ada", true), 30);
        assertThatThrownBy(() -> store(Topics.REFUSED, SideRecords.refused("ada", true), cut))
                .isInstanceOf(BrokenInputException.class)
                .hasMessageContaining("payments.refused partition 0, offset 3");
    }

    private void store(Topics topic, byte[]... values) throws SQLException {
        TopicPartition partition = new TopicPartition(topic.topicName(), 0);
        Storing.createPosition(ledger, partition);
        new RowWriter(ledger.database())
                .write(Feed.start(partition), Feed.read(intake, partition, Arrays.asList(values)));
    }
}
