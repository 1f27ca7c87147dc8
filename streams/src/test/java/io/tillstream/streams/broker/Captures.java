package io.tillstream.streams.broker;

import io.tillstream.schemas.AvsResult;
import io.tillstream.schemas.BillType;
import io.tillstream.schemas.Channel;
import io.tillstream.schemas.CvvResult;
import io.tillstream.schemas.DeclineClass;
import io.tillstream.schemas.EntryMode;
import io.tillstream.schemas.Id;
import io.tillstream.schemas.Ids;
import io.tillstream.schemas.Item;
import io.tillstream.schemas.PaymentEvent;
import io.tillstream.schemas.PaymentEventType;
import io.tillstream.schemas.PaymentIds;
import io.tillstream.schemas.PaymentKeys;
import io.tillstream.schemas.Source;
import io.tillstream.schemas.TenantTerms;
import io.tillstream.schemas.Tender;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;

/** Captures of one city, by number: the same number is the same event, byte for byte. */
public final class Captures {
    public static final String TENANT = "tulsa";

    private static final LocalDate OPEN_DATE = LocalDate.of(2026, 1, 5);

    private Captures() {}

    /** What the city's partitions must know first. */
    public static TenantTerms terms() {
        return new TenantTerms(TENANT, "USD", OPEN_DATE, 400, 3, 100_000_000L);
    }

    public static PaymentEvent capture(int number) {
        Id id = Ids.toId(PaymentIds.eventId(TENANT, Channel.COUNTER, "capture-" + number));
        Instant at = OPEN_DATE.atTime(12, 0).toInstant(ZoneOffset.UTC).plusSeconds(number);
        long amount = 1_000L + number;
        return new PaymentEvent(
                id,
                id,
                PaymentEventType.CAPTURED,
                Channel.COUNTER,
                Tender.CASH,
                EntryMode.NONE,
                DeclineClass.NONE,
                AvsResult.NONE,
                CvvResult.NONE,
                at,
                at,
                amount,
                0L,
                "USD",
                TENANT,
                "",
                List.of(new Item(BillType.UTILITY, amount, "water", "B" + number)),
                null,
                "",
                "reference-" + number,
                new Source("", "", "", "counter-1", "", ""));
    }

    /** The captures from a number on that belong in a partition. */
    public static Stream<PaymentEvent> of(int partition, int partitions, int fromNumber) {
        return Stream.iterate(fromNumber, number -> number + 1)
                .map(Captures::capture)
                .filter(event -> PaymentKeys.partition(key(event), partitions) == partition);
    }

    public static byte[] key(PaymentEvent event) {
        return PaymentKeys.key(event.getTenant(), Ids.toUuid(event.getPaymentId()));
    }
}
