package io.tillstream.console.query;

import io.tillstream.console.access.TenantScope;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** Reads {@code ledger.payments} and all that hangs on a payment. */
public final class PaymentQueries {
    private static final String SELECT = """
            select tenant, payment_id, currency, status, captured, refunded, charged_back, returned, voided, channel,
                   tender, processor, business_date, first_at, last_at
            from ledger.payments""";

    private final ReadDatabase database;

    public PaymentQueries(ReadDatabase database) {
        this.database = database;
    }

    /** Tenants in scope that have something under this payment id: none, one, or (ids are the clients' choice) several. */
    public SortedSet<String> tenantsOf(TenantScope scope, UUID paymentId) {
        return database.read(
                scope,
                handle -> new TreeSet<>(handle.createQuery("""
                                select tenant from ledger.entries where payment_id = :paymentId
                                union select tenant from ledger.refusals where payment_id = :paymentId""")
                        .bind("paymentId", paymentId)
                        .mapTo(String.class)
                        .list()));
    }

    /** The payment's life, if anything was ever sent for it. One of which nothing was accepted has the status REFUSED. */
    public Optional<PaymentLife> life(TenantScope scope, String tenant, UUID paymentId) {
        return database.read(scope, handle -> {
            List<Entry> events = EntryQueries.ofPayment(handle, tenant, paymentId);
            List<Refusal> refusals = RefusalQueries.ofPayment(handle, tenant, paymentId);
            if (events.isEmpty() && refusals.isEmpty()) {
                return Optional.empty();
            }
            Payment payment = handle.createQuery(SELECT + " where payment_id = :paymentId and tenant = :tenant")
                    .bind("paymentId", paymentId)
                    .bind("tenant", tenant)
                    .map(ConstructorMapper.of(Payment.class))
                    .findOne()
                    .orElseGet(() -> withoutRow(tenant, paymentId, events, refusals));
            return Optional.of(new PaymentLife(payment, events, refusals));
        });
    }

    /** All that was sent for it was refused, or it is a fee, a deposit or a funding, which are no payments. */
    private static Payment withoutRow(String tenant, UUID paymentId, List<Entry> events, List<Refusal> refusals) {
        if (!events.isEmpty()) {
            EntryFacts first = events.get(0).facts();
            EntryFacts last = events.get(events.size() - 1).facts();
            return new Payment(
                    tenant,
                    paymentId,
                    first.currency(),
                    last.eventType(),
                    0,
                    0,
                    0,
                    0,
                    0,
                    first.channel(),
                    first.tender(),
                    null,
                    first.businessDate(),
                    first.recordedAt(),
                    last.recordedAt());
        }
        Refusal first = refusals.get(0);
        Refusal last = refusals.get(refusals.size() - 1);
        return new Payment(
                tenant,
                paymentId,
                first.currency(),
                "REFUSED",
                0,
                0,
                0,
                0,
                0,
                null,
                null,
                null,
                null,
                first.recordedAt(),
                last.recordedAt());
    }
}
