package io.tillstream.streams.settlement;

import io.tillstream.schemas.Hash;
import io.tillstream.schemas.SettlementLine;
import io.tillstream.schemas.SettlementPart;
import io.tillstream.schemas.Tender;
import io.tillstream.schemas.TrustedRecords;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** Parts as posting sends them. */
public final class Parts {
    public static final LocalDate DATE = LocalDate.of(2026, 11, 20);

    static {
        TrustedRecords.trust();
    }

    private Parts() {}

    /** Partition {@code partition} of {@code partitionCount}'s part for the city's date, with one line of 1.00 times (partition + 1). */
    public static SettlementPart part(String tenant, LocalDate date, int partition, int partitionCount) {
        return SettlementPart.newBuilder()
                .setBatchId(tenant + "-" + date.format(DateTimeFormatter.BASIC_ISO_DATE))
                .setTenant(tenant)
                .setBusinessDate(date)
                .setNextBusinessDate(date.plusDays(1))
                .setCurrency("USD")
                .setClosedAt(closedAt(date))
                .setPartition(partition)
                .setPartitionCount(partitionCount)
                .setFirstSequence(100L * partition)
                .setLastSequence(100L * partition + 9)
                .setEntryCount(5)
                .setChainHead(hash(31 * date.hashCode() + partition))
                .setLines(List.of(line("clearing:acme", Tender.CARD, "fund:water", 100L * (partition + 1))))
                .build();
    }

    static Instant closedAt(LocalDate date) {
        return date.atTime(23, 0).toInstant(ZoneOffset.UTC);
    }

    static Hash hash(int seed) {
        byte[] bytes = new byte[32];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (seed >> (8 * (i % 4)));
        }
        return new Hash(bytes);
    }

    /** A line of one capture. */
    static SettlementLine line(String through, Tender tender, String account, long gross) {
        return columns(through, tender, account, gross, 0, 0, 0, 0, 0);
    }

    static SettlementLine columns(
            String through,
            Tender tender,
            String account,
            long gross,
            long voids,
            long refunds,
            long chargebacks,
            long returns,
            long fees) {
        return SettlementLine.newBuilder()
                .setThrough(through)
                .setTender(tender)
                .setAccount(account)
                .setGross(gross)
                .setVoids(voids)
                .setRefunds(refunds)
                .setChargebacks(chargebacks)
                .setReturns(returns)
                .setFees(fees)
                .setNet(gross - voids - refunds - chargebacks - returns - fees)
                .setCaptureCount(1)
                .setVoidCount(voids == 0 ? 0 : 1)
                .setRefundCount(refunds == 0 ? 0 : 1)
                .setChargebackCount(chargebacks == 0 ? 0 : 1)
                .setReturnCount(returns == 0 ? 0 : 1)
                .setFeeCount(fees == 0 ? 0 : 1)
                .build();
    }
}
