package io.tillstream.streams.settlement;

import io.tillstream.schemas.PartHead;
import io.tillstream.schemas.SettlementBatch;
import io.tillstream.schemas.SettlementPart;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What to do with a part, given what is known of its batch. Duplicates do nothing, contradictions throw: a part comes from
 * a transaction of posting, so a second, different part for the same partition and date means that a journal was lost or
 * forked, and no total made from it could be trusted.
 */
final class BatchRules {
    /** The verdict on a part. */
    sealed interface Verdict {}

    /** The same part came before. */
    record Duplicate() implements Verdict {}

    /** Kept; others are missing. */
    record Waits(int partsThere) implements Verdict {}

    /** The last one. */
    record Completes(SettlementBatch batch) implements Verdict {}

    private BatchRules() {}

    /**
     * Judges a part.
     *
     * @param part what came
     * @param waiting the parts of the same batch that are kept, at most one per partition
     * @param completed the batch if it was completed before; its lines are not looked at
     * @throws BrokenSettlementException if the part contradicts itself or what is kept
     */
    static Verdict judge(SettlementPart part, List<SettlementPart> waiting, Optional<SettlementBatch> completed) {
        checkItself(part);
        if (completed.isPresent()) {
            checkSameAs(head(part, completed.get()), part);
            return new Duplicate();
        }
        for (SettlementPart kept : waiting) {
            checkAgreement(kept, part);
            if (kept.getPartition() == part.getPartition()) {
                checkSame(kept, part);
                return new Duplicate();
            }
        }
        if (waiting.size() + 1 < part.getPartitionCount()) {
            return new Waits(waiting.size() + 1);
        }
        List<SettlementPart> all = new ArrayList<>(waiting);
        all.add(part);
        return new Completes(BatchTotals.add(all));
    }

    private static void checkItself(SettlementPart part) {
        require(
                part.getBatchId()
                        .equals(part.getTenant() + "-"
                                + part.getBusinessDate().format(DateTimeFormatter.BASIC_ISO_DATE)),
                part,
                "batch id is not that of the tenant and date");
        require(
                part.getPartition() >= 0 && part.getPartition() < part.getPartitionCount(),
                part,
                "partition is not below " + part.getPartitionCount());
        require(part.getNextBusinessDate().isAfter(part.getBusinessDate()), part, "the next date is not later");
        // The DAY_CLOSED entry itself belongs to the date, so no part is empty.
        require(
                part.getFirstSequence() >= 0
                        && part.getEntryCount() >= 1
                        && part.getEntryCount() - 1 <= part.getLastSequence() - part.getFirstSequence(),
                part,
                part.getEntryCount() + " entries do not fit between sequences " + part.getFirstSequence() + " and "
                        + part.getLastSequence());
    }

    private static void checkAgreement(SettlementPart kept, SettlementPart part) {
        String other = " of partition " + kept.getPartition() + "'s part";
        require(
                part.getPartitionCount() == kept.getPartitionCount(),
                part,
                "partition count " + part.getPartitionCount() + " is not the " + kept.getPartitionCount() + other);
        require(
                part.getCurrency().equals(kept.getCurrency()),
                part,
                "currency " + part.getCurrency() + " is not the " + kept.getCurrency() + other);
        require(
                part.getClosedAt().equals(kept.getClosedAt()),
                part,
                "closed at " + part.getClosedAt() + " is not the " + kept.getClosedAt() + other);
        require(
                part.getNextBusinessDate().equals(kept.getNextBusinessDate()),
                part,
                "next date " + part.getNextBusinessDate() + " is not the " + kept.getNextBusinessDate() + other);
    }

    private static void checkSame(SettlementPart kept, SettlementPart part) {
        require(
                part.getChainHead().equals(kept.getChainHead()),
                part,
                "its chain head differs from that of the part that came before");
        require(part.equals(kept), part, "its chain head is that of the part that came before, its content is not");
    }

    private static PartHead head(SettlementPart part, SettlementBatch completed) {
        require(
                part.getPartition() < completed.getParts().size(),
                part,
                "the batch was completed from " + completed.getParts().size() + " partitions");
        return completed.getParts().get(part.getPartition());
    }

    private static void checkSameAs(PartHead head, SettlementPart part) {
        require(
                part.getChainHead().equals(head.getChainHead()),
                part,
                "its chain head differs from that of the part in the completed batch");
    }

    private static void require(boolean holds, SettlementPart part, String broken) {
        if (!holds) {
            throw new BrokenSettlementException(part, broken);
        }
    }
}
