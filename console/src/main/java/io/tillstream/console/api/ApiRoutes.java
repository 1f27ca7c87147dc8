package io.tillstream.console.api;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.tillstream.console.access.TenantScope;
import io.tillstream.console.query.AnomalyQueries;
import io.tillstream.console.query.BatchFile;
import io.tillstream.console.query.BatchQueries;
import io.tillstream.console.query.EntryQueries;
import io.tillstream.console.query.QuarantineQueries;
import io.tillstream.console.query.Queries;
import io.tillstream.console.query.RefusalQueries;
import io.tillstream.console.query.Window;
import io.tillstream.console.web.Door;
import io.tillstream.console.web.Gate;
import io.tillstream.console.web.Parameters;
import io.tillstream.console.web.Problem;
import java.util.SortedSet;
import java.util.UUID;

/** The query API under /v1. */
public final class ApiRoutes {
    private final Queries queries;
    private final FileDownloads files;

    public ApiRoutes(Queries queries, FileDownloads files) {
        this.queries = queries;
        this.files = files;
    }

    public void add(RoutesConfig routes) {
        routes.get("/v1/payments/{paymentId}", this::payment, Door.API);
        routes.get("/v1/entries", this::entries, Door.API);
        routes.get("/v1/entries/{partition}/{sequence}", this::entry, Door.API);
        routes.get("/v1/balances", this::balances, Door.API);
        routes.get("/v1/batches", this::batches, Door.API);
        routes.get("/v1/batches/{batchId}", this::batch, Door.API);
        routes.get("/v1/batches/{batchId}/files/{name}", this::file, Door.API);
        routes.get("/v1/anomalies", this::anomalies, Door.API);
        routes.get("/v1/refusals", this::refusals, Door.API);
        routes.get("/v1/quarantine", this::quarantine, Door.API);
    }

    private void payment(Context context) {
        Parameters parameters = Parameters.of(context, "tenant");
        TenantScope scope = scope(context);
        UUID paymentId = parameters.paymentId();
        String tenant = parameters.tenant(scope);
        if (tenant == null) {
            SortedSet<String> tenants = queries.payments().tenantsOf(scope, paymentId);
            if (tenants.size() > 1) {
                throw Problem.parameter("tenant", "needed: several have this id: " + String.join(", ", tenants));
            }
            tenant = tenants.isEmpty() ? "" : tenants.first();
        }
        context.json(queries.payments()
                .life(scope, tenant, paymentId)
                .orElseThrow(() -> Problem.notFound("no payment of this id")));
    }

    private void entries(Context context) {
        Parameters parameters = Parameters.of(context, "tenant", "from", "to", "businessDate", "cursor", "limit");
        TenantScope scope = scope(context);
        EntryQueries.Filter filter = new EntryQueries.Filter(
                parameters.tenant(scope),
                parameters.instant("from"),
                parameters.instant("to"),
                parameters.date("businessDate"),
                null,
                null);
        if (filter.from() != null && filter.to() != null && !filter.from().isBefore(filter.to())) {
            throw Problem.parameter("to", "must be after from");
        }
        context.json(queries.entries().list(scope, filter, parameters.window(Window.LIMIT_DEFAULT)));
    }

    private void entry(Context context) {
        Parameters parameters = Parameters.of(context);
        int partition = (int) parameters.pathNumber("partition", Integer.MAX_VALUE);
        long sequence = parameters.pathNumber("sequence", Long.MAX_VALUE);
        context.json(queries.entries()
                .find(scope(context), partition, sequence)
                .orElseThrow(() -> Problem.notFound("no entry at this position")));
    }

    private void balances(Context context) {
        Parameters parameters = Parameters.of(context, "tenant", "cursor", "limit");
        TenantScope scope = scope(context);
        context.json(queries.balances().list(scope, parameters.tenant(scope), parameters.window(Window.LIMIT_DEFAULT)));
    }

    private void batches(Context context) {
        Parameters parameters = Parameters.of(context, "tenant", "state", "cursor", "limit");
        TenantScope scope = scope(context);
        BatchQueries.Filter filter =
                new BatchQueries.Filter(parameters.tenant(scope), parameters.oneOf("state", BatchQueries.STATES));
        context.json(queries.batches().list(scope, filter, parameters.window(Window.LIMIT_DEFAULT)));
    }

    private void batch(Context context) {
        Parameters parameters = Parameters.of(context);
        context.json(queries.batches()
                .find(scope(context), parameters.batchId())
                .orElseThrow(() -> Problem.notFound("no batch of this id")));
    }

    private void file(Context context) {
        Parameters parameters = Parameters.of(context);
        String batchId = parameters.batchId();
        String name = context.pathParam("name");
        if (!FileDownloads.isName(name)) {
            throw Problem.parameter("name", "a file name has letters, digits, ., _ and - only");
        }
        BatchFile file = queries.batches()
                .file(scope(context), batchId, name)
                .orElseThrow(() -> Problem.notFound("no released file of this name"));
        files.send(file, context);
    }

    private void anomalies(Context context) {
        Parameters parameters = Parameters.of(context, "tenant", "since", "cursor", "limit");
        TenantScope scope = scope(context);
        AnomalyQueries.Filter filter = new AnomalyQueries.Filter(parameters.tenant(scope), parameters.instant("since"));
        context.json(queries.anomalies().list(scope, filter, parameters.window(Window.LIMIT_DEFAULT)));
    }

    private void refusals(Context context) {
        Parameters parameters = Parameters.of(context, "tenant", "reason", "since", "cursor", "limit");
        TenantScope scope = scope(context);
        RefusalQueries.Filter filter = new RefusalQueries.Filter(
                parameters.tenant(scope), parameters.code("reason"), parameters.instant("since"));
        context.json(queries.refusals().list(scope, filter, parameters.window(Window.LIMIT_DEFAULT)));
    }

    private void quarantine(Context context) {
        Parameters parameters = Parameters.of(context, "tenant", "reason", "since", "cursor", "limit");
        TenantScope scope = scope(context);
        QuarantineQueries.Filter filter = new QuarantineQueries.Filter(
                parameters.tenant(scope), parameters.code("reason"), parameters.instant("since"));
        context.json(queries.quarantine().list(scope, filter, parameters.window(Window.LIMIT_DEFAULT)));
    }

    private static TenantScope scope(Context context) {
        return Gate.viewer(context).scope();
    }
}
