package io.tillstream.ledgersink.testing;

import io.tillstream.schemas.Anomaly;
import io.tillstream.schemas.AvroCodec;
import io.tillstream.schemas.BankDetails;
import io.tillstream.schemas.BusinessCalendar;
import io.tillstream.schemas.Hash;
import io.tillstream.schemas.PaymentEventType;
import io.tillstream.schemas.QuarantineReason;
import io.tillstream.schemas.Quarantined;
import io.tillstream.schemas.Refusal;
import io.tillstream.schemas.Refused;
import io.tillstream.schemas.Tenant;
import io.tillstream.schemas.Topics;
import java.time.LocalDate;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** Values of the topics beside the journal. */
public final class SideRecords {
    private SideRecords() {}

    public static byte[] tenant(String tenant) {
        return tenant(tenant, "America/Chicago", "17:00");
    }

    public static byte[] tenant(String tenant, String timeZone, String cutOff) {
        BankDetails bank = new BankDetails(
                "103000648",
                "BANK",
                "1234567890",
                "TILLSTREAM",
                "CITY",
                "1234567890",
                "10300064",
                "103000648",
                "000123456",
                "CITY",
                false,
                "SETTLEMENT");
        return encode(
                Topics.TENANTS,
                new Tenant(
                        tenant,
                        "City of " + tenant,
                        timeZone,
                        cutOff,
                        "USD",
                        BusinessCalendar.EVERY_DAY,
                        LocalDate.of(2026, 3, 2),
                        400,
                        3,
                        1_000_000L,
                        List.of(),
                        List.of(),
                        bank,
                        100,
                        100,
                        List.of()));
    }

    /** A refused duplicate, or a refused mark. */
    public static byte[] refused(String tenant, boolean isEvent) {
        return encode(
                Topics.REFUSED,
                new Refused(
                        isEvent ? Refusal.DUPLICATE : Refusal.CLOSE_OUT_OF_ORDER,
                        "came twice",
                        tenant,
                        1,
                        7L,
                        TestEvent.OCCURRED,
                        isEvent ? TestEvent.event(tenant, PaymentEventType.CAPTURED, 1, 1, 100) : null));
    }

    public static byte[] quarantined(String tenant) {
        return encode(
                Topics.QUARANTINE,
                new Quarantined(
                        QuarantineReason.MALFORMED,
                        "ends within a number",
                        tenant,
                        "payments.events",
                        0,
                        7L,
                        TestEvent.OCCURRED,
                        12L,
                        new Hash(new byte[32])));
    }

    public static byte[] anomaly(String id, long attempts) {
        return encode(
                Topics.ANOMALIES,
                new Anomaly(
                        id,
                        "burst",
                        "ada",
                        "SOURCE",
                        "hash",
                        "WEB",
                        TestEvent.OCCURRED,
                        TestEvent.OCCURRED,
                        TestEvent.OCCURRED,
                        attempts,
                        3L,
                        2L,
                        4L,
                        500L,
                        "USD",
                        "five in a minute",
                        List.of("e1", "e2")));
    }

    @SuppressWarnings("unchecked") // a record's class is the class of its records
    private static <T extends SpecificRecord> byte[] encode(Topics topic, T record) {
        return AvroCodec.of(topic, (Class<T>) record.getClass(), LedgerCluster.schemas())
                .encode(record);
    }
}
