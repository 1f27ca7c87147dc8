package io.tillstream.streams.posting;

import io.tillstream.schemas.QuarantineReason;
import io.tillstream.schemas.TenantTerms;
import io.tillstream.schemas.UnreadableRecordException;
import io.tillstream.schemas.hot.EventView;
import java.nio.charset.StandardCharsets;

/** Bounds of a city's terms. */
final class TermsCheck {
    /** The state keeps amounts in 48 bits. */
    static final long AMOUNT_LIMIT = (1L << 47) - 1;

    private static final int HORIZON_DAYS_MAX = 4000;

    private TermsCheck() {}

    /** @throws UnreadableRecordException if a value is out of bounds */
    static void check(TenantTerms terms) {
        int tenantBytes = terms.getTenant().getBytes(StandardCharsets.UTF_8).length;
        require(tenantBytes > 0 && tenantBytes <= EventView.TENANT_BYTES_MAX, "tenant must have 1 to 64 bytes");
        require(terms.getTenant().indexOf('\0') < 0, "tenant holds a NUL character");
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

    static boolean isChange(Tenants.Tenant tenant, TenantTerms terms) {
        return tenant.horizonDays != terms.getHorizonDays()
                || tenant.parkedCloses != terms.getParkedCloses()
                || tenant.amountMax != terms.getAmountMax();
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new UnreadableRecordException(QuarantineReason.INVALID_FIELD, "terms: " + rule);
        }
    }
}
