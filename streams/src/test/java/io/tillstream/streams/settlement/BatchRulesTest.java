package io.tillstream.streams.settlement;

import static io.tillstream.streams.settlement.Parts.DATE;
import static io.tillstream.streams.settlement.Parts.columns;
import static io.tillstream.streams.settlement.Parts.line;
import static io.tillstream.streams.settlement.Parts.part;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillstream.schemas.PartHead;
import io.tillstream.schemas.SettlementBatch;
import io.tillstream.schemas.SettlementLine;
import io.tillstream.schemas.SettlementPart;
import io.tillstream.schemas.Tender;
import io.tillstream.streams.settlement.BatchRules.Completes;
import io.tillstream.streams.settlement.BatchRules.Duplicate;
import io.tillstream.streams.settlement.BatchRules.Waits;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BatchRulesTest {
    private static final SettlementPart FIRST = part("tulsa", DATE, 0, 3);
    private static final SettlementPart SECOND = part("tulsa", DATE, 1, 3);
    private static final SettlementPart THIRD = part("tulsa", DATE, 2, 3);

    @Test
    void shouldWaitUntilTheLastPartCompletesTheBatch() {
        assertThat(BatchRules.judge(SECOND, List.of(), Optional.empty())).isEqualTo(new Waits(1));
        assertThat(BatchRules.judge(THIRD, List.of(SECOND), Optional.empty())).isEqualTo(new Waits(2));
        assertThat(BatchRules.judge(FIRST, List.of(SECOND, THIRD), Optional.empty()))
                .isEqualTo(new Completes(batch()));
    }

    @Test
    void shouldCompleteAtOnceWhenThereIsOnePartition() {
        SettlementPart only = part("tulsa", DATE, 0, 1);
        assertThat(BatchRules.judge(only, List.of(), Optional.empty())).isInstanceOf(Completes.class);
    }

    @Test
    void shouldIgnoreAPartThatCameBefore() {
        assertThat(BatchRules.judge(SECOND, List.of(FIRST, SECOND), Optional.empty()))
                .isEqualTo(new Duplicate());
        assertThat(BatchRules.judge(SECOND, List.of(), Optional.of(batch()))).isEqualTo(new Duplicate());
    }

    @Test
    void shouldStopWhenACompletedBatchGetsAnotherPart() {
        SettlementPart other =
                SettlementPart.newBuilder(SECOND).setChainHead(Parts.hash(-1)).build();
        assertThatThrownBy(() -> BatchRules.judge(other, List.of(), Optional.of(batch())))
                .isInstanceOf(BrokenSettlementException.class)
                .hasMessage("Part of batch tulsa-20261120 from partition 1, sequences 100 to 109: "
                        + "its chain head differs from that of the part in the completed batch");
    }

    /** FIRST is kept; SECOND comes with one thing changed. */
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
            field            | value                | broken
            batchId          | tulsa-20261121       | batch id is not that of the tenant and date
            tenant           | enid                 | batch id is not that of the tenant and date
            partition        | 3                    | partition is not below 3
            partition        | -1                   | partition is not below 3
            partitionCount   | 4                    | partition count 4 is not the 3 of partition 0's part
            currency         | EUR                  | currency EUR is not the USD of partition 0's part
            closedAt         | 2026-11-20T22:00:00Z | closed at 2026-11-20T22:00:00Z is not the 2026-11-20T23:00:00Z of partition 0's part
            nextBusinessDate | 2026-11-23           | next date 2026-11-23 is not the 2026-11-21 of partition 0's part
            nextBusinessDate | 2026-11-20           | the next date is not later
            entryCount       | 0                    | 0 entries do not fit between sequences 100 and 109
            entryCount       | 11                   | 11 entries do not fit between sequences 100 and 109
            firstSequence    | 110                  | 5 entries do not fit between sequences 110 and 109
            partition        | 0                    | its chain head differs from that of the part that came before
            """)
    void shouldStopWhenPartsContradictEachOther(String field, String value, String broken) {
        SettlementPart changed = changed(SECOND, field, value);
        assertThatThrownBy(() -> BatchRules.judge(changed, List.of(FIRST), Optional.empty()))
                .isInstanceOf(BrokenSettlementException.class)
                .hasMessageEndingWith(": " + broken);
    }

    @Test
    void shouldStopWhenTheSameChainHeadComesWithOtherLines() {
        SettlementPart other = SettlementPart.newBuilder(FIRST)
                .setLines(List.of(line("clearing:acme", Tender.CARD, "fund:water", 101)))
                .build();
        assertThatThrownBy(() -> BatchRules.judge(other, List.of(FIRST), Optional.empty()))
                .hasMessageEndingWith("its chain head is that of the part that came before, its content is not");
    }

    @Test
    void shouldAddLinesByThroughTenderAndAccount() {
        SettlementPart first = with(
                FIRST,
                columns("clearing:acme", Tender.CARD, "fund:water", 1000, 10, 20, 30, 0, 0),
                line("till:COUNTER", Tender.CASH, "fund:water", 7),
                columns("clearing:acme", Tender.CARD, "processor-fee", 0, 0, 0, 0, 0, 25));
        SettlementPart second = with(
                SECOND,
                line("clearing:acme", Tender.ECHECK, "fund:water", 5),
                columns("clearing:acme", Tender.CARD, "fund:water", 500, 0, 0, -30, 40, 0));
        SettlementPart third = with(THIRD);

        SettlementBatch batch = BatchTotals.add(List.of(first, second, third));

        SettlementLine added = columns("clearing:acme", Tender.CARD, "fund:water", 1500, 10, 20, 0, 40, 0);
        added.setCaptureCount(2);
        added.setChargebackCount(2);
        assertThat(batch.getLines())
                .containsExactly(
                        added,
                        columns("clearing:acme", Tender.CARD, "processor-fee", 0, 0, 0, 0, 0, 25),
                        line("clearing:acme", Tender.ECHECK, "fund:water", 5),
                        line("till:COUNTER", Tender.CASH, "fund:water", 7));
    }

    @Test
    void shouldGiveTheSameBatchWhateverTheOrderOfTheParts() {
        List<SettlementPart> parts = new ArrayList<>();
        for (int partition = 0; partition < 7; partition++) {
            parts.add(part("tulsa", DATE, partition, 7));
        }
        SettlementBatch expected = BatchTotals.add(parts);
        for (long seed = 0; seed < 50; seed++) {
            Collections.shuffle(parts, new Random(seed));
            assertThat(BatchTotals.add(parts)).as("seed %d", seed).isEqualTo(expected);
        }
    }

    @Test
    void shouldStopWhenATotalDoesNotFit() {
        SettlementPart first = with(FIRST, line("clearing:acme", Tender.CARD, "fund:water", Long.MAX_VALUE));
        SettlementPart second = with(SECOND, line("clearing:acme", Tender.CARD, "fund:water", 1));
        assertThatThrownBy(() -> BatchTotals.add(List.of(first, second)))
                .isInstanceOf(BrokenSettlementException.class)
                .hasMessage("Line clearing:acme CARD fund:water of batch tulsa-20261120 does not fit with partition 1");
    }

    @Test
    void shouldStopWhenALineDoesNotAddUp() {
        SettlementLine wrong = line("clearing:acme", Tender.CARD, "fund:water", 100);
        wrong.setNet(99);
        assertThatThrownBy(() -> BatchTotals.add(List.of(with(FIRST, wrong))))
                .isInstanceOf(BrokenSettlementException.class)
                .hasMessageEndingWith("line clearing:acme CARD fund:water has net 99, its columns make 100");
    }

    private static SettlementBatch batch() {
        List<PartHead> heads = new ArrayList<>();
        for (SettlementPart part : List.of(FIRST, SECOND, THIRD)) {
            heads.add(new PartHead(
                    part.getPartition(), part.getFirstSequence(), part.getLastSequence(), 5L, part.getChainHead()));
        }
        SettlementLine line = line("clearing:acme", Tender.CARD, "fund:water", 600);
        line.setCaptureCount(3);
        return SettlementBatch.newBuilder()
                .setBatchId("tulsa-20261120")
                .setTenant("tulsa")
                .setBusinessDate(DATE)
                .setNextBusinessDate(DATE.plusDays(1))
                .setCurrency("USD")
                .setClosedAt(Parts.closedAt(DATE))
                .setEntryCount(15)
                .setParts(heads)
                .setLines(List.of(line))
                .build();
    }

    private static SettlementPart with(SettlementPart part, SettlementLine... lines) {
        return SettlementPart.newBuilder(part).setLines(List.of(lines)).build();
    }

    private static SettlementPart changed(SettlementPart part, String field, String value) {
        SettlementPart.Builder changed = SettlementPart.newBuilder(part);
        switch (field) {
            case "batchId" -> changed.setBatchId(value);
            case "tenant" -> changed.setTenant(value);
            case "partition" -> changed.setPartition(Integer.parseInt(value));
            case "partitionCount" -> changed.setPartitionCount(Integer.parseInt(value));
            case "currency" -> changed.setCurrency(value);
            case "closedAt" -> changed.setClosedAt(java.time.Instant.parse(value));
            case "nextBusinessDate" -> changed.setNextBusinessDate(java.time.LocalDate.parse(value));
            case "entryCount" -> changed.setEntryCount(Long.parseLong(value));
            case "firstSequence" -> changed.setFirstSequence(Long.parseLong(value));
            default -> throw new IllegalArgumentException(field);
        }
        return changed.build();
    }
}
