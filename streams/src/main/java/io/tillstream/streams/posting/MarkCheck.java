package io.tillstream.streams.posting;

import io.tillstream.schemas.BusinessDayClose;
import io.tillstream.schemas.QuarantineReason;
import io.tillstream.schemas.TenantTerms;
import io.tillstream.schemas.UnreadableRecordException;
import io.tillstream.schemas.hot.EventView;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

/** Bounds of what marks may say. */
final class MarkCheck {
    /** What the state has room for. */
    static final long AMOUNT_LIMIT = Rows.AMOUNT_MASK;

    private static final int HORIZON_DAYS_MAX = 4000;

    private static final LocalDate EARLIEST = LocalDate.of(2000, 1, 1);
    private static final LocalDate LATEST = LocalDate.of(2199, 12, 31);

    private MarkCheck() {}

    /** @throws UnreadableRecordException if a value is out of bounds */
    static void check(TenantTerms terms) {
        checkTenant(terms.getTenant());
        checkDate("openDate", terms.getOpenDate());
        require(terms.getCurrency().matches("[A-Z]{3}"), "currency must be three capital letters");
        require(
                terms.getHorizonDays() >= 1 && terms.getHorizonDays() <= HORIZON_DAYS_MAX,
                "horizonDays must be 1 to " + HORIZON_DAYS_MAX);
        require(
                terms.getParkedCloses() >= 0 && terms.getParkedCloses() <= terms.getHorizonDays(),
                "parkedCloses must be 0 to horizonDays");
        require(
                terms.getAmountMax() >= 1 && terms.getAmountMax() <= AMOUNT_LIMIT,
                "amountMax must be 1 to " + AMOUNT_LIMIT);
    }

    /** @throws UnreadableRecordException if a value is out of bounds */
    static void check(BusinessDayClose close) {
        checkTenant(close.getTenant());
        checkDate("businessDate", close.getBusinessDate());
        checkDate("nextBusinessDate", close.getNextBusinessDate());
    }

    private static void checkTenant(String tenant) {
        int bytes = tenant.getBytes(StandardCharsets.UTF_8).length;
        require(bytes > 0 && bytes <= EventView.TENANT_BYTES_MAX, "tenant must have 1 to 64 bytes");
        require(tenant.indexOf('\0') < 0, "tenant holds a NUL character");
    }

    private static void checkDate(String field, LocalDate date) {
        require(!date.isBefore(EARLIEST) && !date.isAfter(LATEST), field + " must be in the years 2000 to 2199");
    }

    static boolean isChange(Tenants.Tenant tenant, TenantTerms terms) {
        return tenant.horizonDays != terms.getHorizonDays()
                || tenant.parkedCloses != terms.getParkedCloses()
                || tenant.amountMax != terms.getAmountMax();
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new UnreadableRecordException(QuarantineReason.INVALID_FIELD, "The mark's " + rule);
        }
    }
}
