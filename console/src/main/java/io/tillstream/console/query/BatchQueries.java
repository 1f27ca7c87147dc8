package io.tillstream.console.query;

import io.tillstream.console.access.TenantScope;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** Reads {@code settlement.batches}, {@code settlement.lines} and {@code settlement.files}. */
public final class BatchQueries {
    /** How far a batch can have come, in order. */
    public static final List<String> STATES = List.of("CLOSED", "VERIFIED", "WRITTEN", "DELIVERED", "FUNDED");

    private static final String SELECT = """
            select batch_id, tenant, business_date, currency, state, nullif(reason, '') as reason, entry_count, gross, net, closed_at,
                   verified_at, written_at, delivered_at, funded_at
            from settlement.batches""";
    private static final String SELECT_LINES = """
            select through, tender, account, gross, voids, refunds, chargebacks, returns, fees, net, capture_count,
                   void_count, refund_count, chargeback_count, return_count, fee_count
            from settlement.lines where batch_id = :batchId order by through, tender, account""";
    private static final String SELECT_FILES = """
            select batch_id, tenant, business_date, format, name, size_bytes, sha256, total, released_at
            from settlement.files""";

    private final ReadDatabase database;

    public BatchQueries(ReadDatabase database) {
        this.database = database;
    }

    /** Which batches; null for all. */
    public record Filter(String tenant, String state) {}

    /** Batches, the latest business date first. */
    public Page<Batch> list(TenantScope scope, Filter filter, Window window) {
        return database.read(scope, handle -> list(handle, filter, window));
    }

    static Page<Batch> list(Handle handle, Filter filter, Window window) {
        Conditions conditions = new Conditions()
                .when(filter.tenant(), "tenant", "tenant = :tenant")
                .when(filter.state(), "state", "state = :state");
        if (window.after() != null) {
            Cursor after = window.after().ofSize(2);
            conditions
                    .always("(business_date, batch_id) < (:afterDate, :afterBatch)")
                    .with("afterDate", after.date(0))
                    .with("afterBatch", after.text(1));
        }
        List<Batch> rows = conditions
                .query(handle, SELECT, "business_date desc, batch_id desc", window)
                .map(ConstructorMapper.of(Batch.class))
                .list();
        return Page.of(rows, window.limit(), last -> Cursor.of(last.businessDate(), last.batchId()));
    }

    /** The batch with its lines and files, if it is in scope. */
    public Optional<BatchDetail> find(TenantScope scope, String batchId) {
        return database.read(
                scope,
                handle -> handle.createQuery(SELECT + " where batch_id = :batchId")
                        .bind("batchId", batchId)
                        .map(ConstructorMapper.of(Batch.class))
                        .findOne()
                        .map(batch -> new BatchDetail(batch, lines(handle, batchId), files(handle, List.of(batchId)))));
    }

    /** The released file of that name, if its batch is in scope. */
    public Optional<BatchFile> file(TenantScope scope, String batchId, String name) {
        return database.read(
                scope,
                handle -> handle.createQuery(SELECT_FILES + " where batch_id = :batchId and name = :name")
                        .bind("batchId", batchId)
                        .bind("name", name)
                        .map(ConstructorMapper.of(BatchFile.class))
                        .findOne());
    }

    static List<BatchFile> files(Handle handle, List<String> batchIds) {
        if (batchIds.isEmpty()) {
            return List.of();
        }
        return handle.createQuery(SELECT_FILES + " where batch_id = any(:batchIds) order by batch_id, name")
                .bindArray("batchIds", String.class, batchIds)
                .map(ConstructorMapper.of(BatchFile.class))
                .list();
    }

    private static List<BatchLine> lines(Handle handle, String batchId) {
        return handle.createQuery(SELECT_LINES)
                .bind("batchId", batchId)
                .map(ConstructorMapper.of(BatchLine.class))
                .list();
    }
}
