package io.tillstream.streams.settlement;

import static java.lang.Math.addExact;
import static java.lang.Math.subtractExact;

import io.tillstream.schemas.PartHead;
import io.tillstream.schemas.SettlementBatch;
import io.tillstream.schemas.SettlementLine;
import io.tillstream.schemas.SettlementPart;
import io.tillstream.schemas.Tender;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Adds the parts of all partitions up, to the cent: what does not fit a long is an error, never a wrong total. */
final class BatchTotals {
    /** What a line is about; lines are sorted by it, so the same parts give the same bytes in whatever order they came. */
    private record LineKey(String through, Tender tender, String account) implements Comparable<LineKey> {
        private static final Comparator<LineKey> ORDER = Comparator.comparing(LineKey::through)
                .thenComparing(LineKey::tender)
                .thenComparing(LineKey::account);

        static LineKey of(SettlementLine line) {
            return new LineKey(line.getThrough(), line.getTender(), line.getAccount());
        }

        @Override
        public int compareTo(LineKey other) {
            return ORDER.compare(this, other);
        }
    }

    private BatchTotals() {}

    /**
     * The batch of parts that agree and are one of every partition.
     *
     * @throws BrokenSettlementException if a line's net is not made of its columns or a sum overflows
     */
    static SettlementBatch add(List<SettlementPart> parts) {
        List<SettlementPart> inOrder = new ArrayList<>(parts);
        inOrder.sort(Comparator.comparingInt(SettlementPart::getPartition));
        SettlementPart any = inOrder.get(0);
        long entryCount = 0;
        List<PartHead> heads = new ArrayList<>();
        SortedMap<LineKey, SettlementLine> lines = new TreeMap<>();
        for (SettlementPart part : inOrder) {
            entryCount = addExact(entryCount, part.getEntryCount());
            heads.add(head(part));
            addLines(lines, part);
        }
        return SettlementBatch.newBuilder()
                .setBatchId(any.getBatchId())
                .setTenant(any.getTenant())
                .setBusinessDate(any.getBusinessDate())
                .setNextBusinessDate(any.getNextBusinessDate())
                .setCurrency(any.getCurrency())
                .setClosedAt(any.getClosedAt())
                .setEntryCount(entryCount)
                .setParts(heads)
                .setLines(new ArrayList<>(lines.values()))
                .build();
    }

    private static PartHead head(SettlementPart part) {
        return PartHead.newBuilder()
                .setPartition(part.getPartition())
                .setFirstSequence(part.getFirstSequence())
                .setLastSequence(part.getLastSequence())
                .setEntryCount(part.getEntryCount())
                .setChainHead(part.getChainHead())
                .build();
    }

    private static void addLines(SortedMap<LineKey, SettlementLine> lines, SettlementPart part) {
        for (SettlementLine line : part.getLines()) {
            try {
                checkNet(line, part);
                lines.merge(LineKey.of(line), line, BatchTotals::sum);
            } catch (ArithmeticException e) {
                throw new BrokenSettlementException(
                        "Line " + name(line) + " of batch " + part.getBatchId() + " does not fit with partition "
                                + part.getPartition(),
                        e);
            }
        }
    }

    private static void checkNet(SettlementLine line, SettlementPart part) {
        long net = line.getGross();
        net = subtractExact(net, line.getVoids());
        net = subtractExact(net, line.getRefunds());
        net = subtractExact(net, line.getChargebacks());
        net = subtractExact(net, line.getReturns());
        net = subtractExact(net, line.getFees());
        if (net != line.getNet()) {
            throw new BrokenSettlementException(
                    part, "line " + name(line) + " has net " + line.getNet() + ", its columns make " + net);
        }
    }

    private static String name(SettlementLine line) {
        return line.getThrough() + " " + line.getTender() + " " + line.getAccount();
    }

    private static SettlementLine sum(SettlementLine a, SettlementLine b) {
        return SettlementLine.newBuilder()
                .setThrough(a.getThrough())
                .setTender(a.getTender())
                .setAccount(a.getAccount())
                .setGross(addExact(a.getGross(), b.getGross()))
                .setVoids(addExact(a.getVoids(), b.getVoids()))
                .setRefunds(addExact(a.getRefunds(), b.getRefunds()))
                .setChargebacks(addExact(a.getChargebacks(), b.getChargebacks()))
                .setReturns(addExact(a.getReturns(), b.getReturns()))
                .setFees(addExact(a.getFees(), b.getFees()))
                .setNet(addExact(a.getNet(), b.getNet()))
                .setCaptureCount(addExact(a.getCaptureCount(), b.getCaptureCount()))
                .setVoidCount(addExact(a.getVoidCount(), b.getVoidCount()))
                .setRefundCount(addExact(a.getRefundCount(), b.getRefundCount()))
                .setChargebackCount(addExact(a.getChargebackCount(), b.getChargebackCount()))
                .setReturnCount(addExact(a.getReturnCount(), b.getReturnCount()))
                .setFeeCount(addExact(a.getFeeCount(), b.getFeeCount()))
                .build();
    }
}
