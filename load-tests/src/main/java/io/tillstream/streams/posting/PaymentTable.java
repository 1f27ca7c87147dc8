package io.tillstream.streams.posting;

import io.tillstream.schemas.TenantTerms;
import io.tillstream.schemas.Tender;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

/** Posting's table of payments alone, for benchmarks: rows of one city with one line each. */
public final class PaymentTable {
    private static final byte[] CITY = "city".getBytes(StandardCharsets.US_ASCII);

    private final Tenants tenants = new Tenants();
    private final Profiles profiles = new Profiles();
    private final Payments payments = new Payments(tenants, profiles);
    private final int tenant;
    private final int profile;
    private final int[] accounts = {1};
    private final long[] amounts = {100};
    private final int today;

    /** An empty table. */
    public PaymentTable() {
        Tenants.Tenant city = tenants.findOrAdd(CITY, 0, CITY.length);
        LocalDate date = LocalDate.of(2026, 11, 20);
        city.set(new TenantTerms("city", "USD", date, 400, 3, 1_000_000_00L));
        tenant = city.number;
        profile = profiles.numberOf(tenant, 0, Tender.CARD, 1);
        today = Math.toIntExact(date.toEpochDay());
    }

    /** What a capture does: looks the id up, and keeps event and payment. False if it was there. */
    public boolean capture(long high, long low) {
        if (payments.findEvent(tenant, high, low) != Payments.NONE) {
            return false;
        }
        payments.addEvent(high, low, (int) low, tenant, today);
        payments.addPayment(tenant, high, low, 100, profile, 1, accounts, amounts, today);
        return true;
    }

    /** Whether an id is known. */
    public boolean isKnown(long high, long low) {
        return payments.findEvent(tenant, high, low) != Payments.NONE;
    }

    /** Payments. */
    public int size() {
        return payments.size();
    }

    /** Bytes of rows and index. */
    public long bytes() {
        return payments.bytes();
    }
}
