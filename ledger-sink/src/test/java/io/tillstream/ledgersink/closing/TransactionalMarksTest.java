package io.tillstream.ledgersink.closing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.ledgersink.testing.LedgerCluster;
import io.tillstream.ledgersink.testing.TopicReader;
import io.tillstream.schemas.AvroCodec;
import io.tillstream.schemas.BusinessDayClose;
import io.tillstream.schemas.Topics;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("cluster")
final class TransactionalMarksTest {
    private static final BusinessDayClose CLOSE = new BusinessDayClose(
            "ada", LocalDate.of(2026, 3, 2), LocalDate.of(2026, 3, 3), Instant.parse("2026-03-02T23:00:00.123Z"));

    @BeforeEach
    void open() {
        LedgerCluster.freshTopics();
    }

    @Test
    void shouldPutTheMarkIntoEveryPartition() throws Exception {
        new TransactionalMarks(LedgerCluster.kafka(), LedgerCluster.schemas()).write(CLOSE);

        AvroCodec<BusinessDayClose> codec =
                AvroCodec.of(Topics.EVENTS, BusinessDayClose.class, LedgerCluster.schemas());
        assertThat(TopicReader.records(Topics.EVENTS))
                .extracting(record -> record.partition() + " " + codec.decode(record.value()))
                .containsExactly("0 " + CLOSE, "1 " + CLOSE, "2 " + CLOSE);
    }

    @Test
    void shouldGoOnUnderTheSameTransactionalIdWhenAnotherCloserWrote() throws Exception {
        TransactionalMarks first = new TransactionalMarks(LedgerCluster.kafka(), LedgerCluster.schemas());
        TransactionalMarks second = new TransactionalMarks(LedgerCluster.kafka(), LedgerCluster.schemas());
        first.write(CLOSE);
        second.write(CLOSE);
        first.write(CLOSE);

        assertThat(TopicReader.records(Topics.EVENTS)).hasSize(9);
    }

    /** The mutant: a partition without its mark. What catches it, posting and settlement, is tested with this switch in load-tests. */
    @Test
    void shouldLeaveOutAPartitionOnlyWhenTheMutantIsOn() throws Exception {
        new TransactionalMarks(LedgerCluster.kafka(), LedgerCluster.schemas(), partition -> partition != 1)
                .write(CLOSE);

        assertThat(TopicReader.records(Topics.EVENTS))
                .extracting(record -> record.partition())
                .containsExactly(0, 2);
    }
}
