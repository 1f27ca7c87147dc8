package io.tillstream.console.query;

import io.tillstream.console.access.TenantScope;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** Reads {@code ledger.entries} and {@code ledger.postings}. */
public final class EntryQueries {
    private static final String SELECT = """
            select tenant, partition, sequence, kind, business_date, batch_id, recorded_at, source_offset,
                   nullif(refers_to, -1) as refers_to, nullif(reason, 'NONE') as reason, event_id, payment_id, event_type, channel, tender, currency, amount, nullif(through, '') as through,
                   nullif(client_reference, '') as client_reference, nullif(payer_reference, '') as payer_reference, occurred_at, received_at, card_fingerprint, card_bin,
                   card_last_four, nullif(page_version, '') as page_version, encode(hash, 'hex') as hash
            from ledger.entries""";
    private static final String HAS_ACCOUNT = """
            exists (select 1 from ledger.postings p
                    where p.partition = entries.partition and p.sequence = entries.sequence and p.account = :account)""";
    /** Of one payment; a payment with more is not a payment. */
    private static final int PER_PAYMENT_MAX = 500;

    private final ReadDatabase database;

    public EntryQueries(ReadDatabase database) {
        this.database = database;
    }

    /**
     * Which entries.
     *
     * @param tenant null for all in scope
     * @param from recorded at or after; null for no bound
     * @param to recorded before; null for no bound
     * @param businessDate null for all
     * @param through clearing or till account of the payment; null for all
     * @param account that one of the postings is on; null for all
     */
    public record Filter(
            String tenant, Instant from, Instant to, LocalDate businessDate, String through, String account) {}

    /** Entries by tenant, business date, partition and sequence: the order in which the database holds them. */
    public Page<Entry> list(TenantScope scope, Filter filter, Window window) {
        Conditions conditions = new Conditions()
                .ofTenant(filter.tenant(), scope)
                .when(filter.businessDate(), "businessDate", "business_date = :businessDate")
                .when(filter.from(), "from", "recorded_at >= :from")
                .when(filter.to(), "to", "recorded_at < :to")
                .when(filter.through(), "through", "through = :through")
                .when(filter.account(), "account", HAS_ACCOUNT);
        if (window.after() != null) {
            boolean oneTenant = filter.tenant() != null || scope.oneTenant();
            after(conditions, oneTenant, window.after().ofSize(4));
        }
        return database.read(scope, handle -> {
            List<EntryFacts> rows = conditions
                    .query(handle, SELECT, "tenant, business_date, partition, sequence", window)
                    .map(ConstructorMapper.of(EntryFacts.class))
                    .list();
            Page<EntryFacts> page = Page.of(
                    rows,
                    window.limit(),
                    last -> Cursor.of(last.tenant(), last.businessDate(), last.partition(), last.sequence()));
            return new Page<>(withPostings(handle, page.items()), page.nextCursor());
        });
    }

    /** With one tenant the tenant is left out of the comparison: row security lets an index serve what remains. */
    private static void after(Conditions conditions, boolean oneTenant, Cursor after) {
        if (!oneTenant) {
            conditions
                    .always("(tenant, business_date, partition, sequence)"
                            + " > (:afterTenant, :afterDate, :afterPartition, :afterSequence)")
                    .with("afterTenant", after.text(0));
        } else {
            conditions.always("(business_date, partition, sequence) > (:afterDate, :afterPartition, :afterSequence)");
        }
        conditions
                .with("afterDate", after.date(1))
                .with("afterPartition", after.number(2))
                .with("afterSequence", after.number(3));
    }

    /** The entry at a position of the journal, if it is in scope. */
    public Optional<Entry> find(TenantScope scope, int partition, long sequence) {
        return database.read(scope, handle -> {
            List<EntryFacts> rows = handle.createQuery(
                            SELECT + " where partition = :partition and sequence = :sequence")
                    .bind("partition", partition)
                    .bind("sequence", sequence)
                    .map(ConstructorMapper.of(EntryFacts.class))
                    .list();
            return withPostings(handle, rows).stream().findFirst();
        });
    }

    static List<Entry> ofPayment(Handle handle, String tenant, UUID paymentId) {
        List<EntryFacts> rows = handle.createQuery(SELECT + " where payment_id = :paymentId and tenant = :tenant"
                        + " order by partition, sequence limit :limit")
                .bind("paymentId", paymentId)
                .bind("tenant", tenant)
                .bind("limit", PER_PAYMENT_MAX)
                .map(ConstructorMapper.of(EntryFacts.class))
                .list();
        return withPostings(handle, rows);
    }

    private static List<Entry> withPostings(Handle handle, List<EntryFacts> rows) {
        if (rows.isEmpty()) {
            return List.of();
        }
        Integer[] partitions = rows.stream().map(EntryFacts::partition).toArray(Integer[]::new);
        Long[] sequences = rows.stream().map(EntryFacts::sequence).toArray(Long[]::new);
        Map<Position, List<Posting>> postings = new HashMap<>();
        handle.createQuery("""
                        select partition, sequence, posting_number, account, currency, amount
                        from ledger.postings
                        where (partition, sequence) in (select * from unnest(:partitions, :sequences))
                        order by posting_number""")
                .bindArray("partitions", Integer.class, (Object[]) partitions)
                .bindArray("sequences", Long.class, (Object[]) sequences)
                .map((row, context) -> Map.entry(
                        new Position(row.getInt("partition"), row.getLong("sequence")),
                        new Posting(
                                row.getInt("posting_number"),
                                row.getString("account"),
                                row.getString("currency"),
                                row.getLong("amount"))))
                .forEach(found -> postings.computeIfAbsent(found.getKey(), ignored -> new ArrayList<>())
                        .add(found.getValue()));
        return rows.stream()
                .map(row ->
                        new Entry(row, postings.getOrDefault(new Position(row.partition(), row.sequence()), List.of())))
                .toList();
    }

    private record Position(int partition, long sequence) {}
}
