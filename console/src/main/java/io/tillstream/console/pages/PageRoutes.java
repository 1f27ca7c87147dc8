package io.tillstream.console.pages;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.tillstream.console.access.Session;
import io.tillstream.console.access.TenantScope;
import io.tillstream.console.query.AnomalyQueries;
import io.tillstream.console.query.BatchDetail;
import io.tillstream.console.query.BatchQueries;
import io.tillstream.console.query.EntryQueries;
import io.tillstream.console.query.PaymentQueries;
import io.tillstream.console.query.QuarantineQueries;
import io.tillstream.console.query.Queries;
import io.tillstream.console.query.RefusalQueries;
import io.tillstream.console.web.Door;
import io.tillstream.console.web.Gate;
import io.tillstream.console.web.Parameters;
import io.tillstream.console.web.Problem;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.UUID;

/** The pages behind the login. */
public final class PageRoutes {
    private static final int ROWS = 50;
    private final Pages pages;
    private final OverviewFeed overview;
    private final Queries queries;

    public PageRoutes(Pages pages, OverviewFeed overview, Queries queries) {
        this.pages = pages;
        this.overview = overview;
        this.queries = queries;
    }

    public void add(RoutesConfig routes) {
        routes.get("/", this::overview, Door.PAGE);
        routes.sse("/live", overview::join, Door.PAGE);
        routes.get("/payments", this::search, Door.PAGE);
        routes.get("/payments/{paymentId}", this::payment, Door.PAGE);
        routes.get("/batches", this::batches, Door.PAGE);
        routes.get("/batches/{batchId}", this::batch, Door.PAGE);
        routes.get("/batches/{batchId}/entries", this::batchEntries, Door.PAGE);
        routes.get("/anomalies", this::anomalies, Door.PAGE);
        routes.get("/refusals", this::refusals, Door.PAGE);
        routes.get("/quarantine", this::quarantine, Door.PAGE);
    }

    private void overview(Context context) {
        Session session = Gate.session(context);
        OverviewView view = overview.view(session.viewer().scope());
        show(context, "overview.jte", Frame.of(session, "Overview", "overview").alive(), Map.of("view", view));
    }

    /** The search box: goes to the payment, if the text is an id. */
    private void search(Context context) {
        Parameters.of(context, "id");
        String id = context.queryParam("id");
        if (id == null || id.isBlank()) {
            context.redirect("/", HttpStatus.SEE_OTHER);
            return;
        }
        UUID paymentId = Parameters.uuid("id", id.strip());
        context.redirect("/payments/" + paymentId, HttpStatus.SEE_OTHER);
    }

    private void payment(Context context) {
        Parameters parameters = Parameters.of(context, "tenant");
        TenantScope scope = Gate.viewer(context).scope();
        UUID paymentId = parameters.paymentId();
        String tenant = parameters.tenant(scope);
        if (tenant == null) {
            SortedSet<String> tenants = queries.payments().tenantsOf(scope, paymentId);
            if (tenants.size() > 1) {
                show(
                        context,
                        "payment-choice.jte",
                        frame(context, "Payment", ""),
                        Map.of("paymentId", paymentId, "tenants", tenants));
                return;
            }
            tenant = tenants.isEmpty() ? "" : tenants.first();
        }
        PaymentQueries payments = queries.payments();
        show(
                context,
                "payment.jte",
                frame(context, "Payment " + Show.shortId(paymentId), ""),
                Map.of(
                        "life",
                        payments.life(scope, tenant, paymentId)
                                .orElseThrow(() -> Problem.notFound(
                                        "no payment of this id was ever sent, or it is" + " another tenant's"))));
    }

    private void batches(Context context) {
        Parameters parameters = Parameters.of(context, "tenant", "state", "cursor", "limit");
        TenantScope scope = Gate.viewer(context).scope();
        BatchQueries.Filter filter =
                new BatchQueries.Filter(parameters.tenant(scope), parameters.oneOf("state", BatchQueries.STATES));
        show(
                context,
                "batches.jte",
                frame(context, "Batches", "batches"),
                Map.of(
                        "page",
                        queries.batches().list(scope, filter, parameters.window(ROWS)),
                        "more",
                        MoreLink.of(context)));
    }

    private void batch(Context context) {
        BatchDetail batch = findBatch(context, Parameters.of(context));
        show(
                context,
                "batch.jte",
                frame(context, "Batch " + batch.batch().batchId(), "batches"),
                Map.of("detail", batch));
    }

    private void batchEntries(Context context) {
        Parameters parameters = Parameters.of(context, "through", "account", "cursor", "limit");
        BatchDetail batch = findBatch(context, parameters);
        EntryQueries.Filter filter = new EntryQueries.Filter(
                batch.batch().tenant(),
                null,
                null,
                batch.batch().businessDate(),
                parameters.text("through"),
                parameters.text("account"));
        show(
                context,
                "entries.jte",
                frame(context, "Entries of " + batch.batch().batchId(), "batches"),
                Map.of(
                        "batch",
                        batch.batch(),
                        "filter",
                        filter,
                        "page",
                        queries.entries().list(Gate.viewer(context).scope(), filter, parameters.window(ROWS)),
                        "more",
                        MoreLink.of(context)));
    }

    private BatchDetail findBatch(Context context, Parameters parameters) {
        return queries.batches()
                .find(Gate.viewer(context).scope(), parameters.batchId())
                .orElseThrow(() -> Problem.notFound("no such batch: ids look like norman-20261122"));
    }

    private void anomalies(Context context) {
        Parameters parameters = Parameters.of(context, "tenant", "since", "cursor", "limit");
        TenantScope scope = Gate.viewer(context).scope();
        AnomalyQueries.Filter filter = new AnomalyQueries.Filter(parameters.tenant(scope), parameters.instant("since"));
        show(
                context,
                "anomalies.jte",
                frame(context, "Anomalies", "anomalies"),
                Map.of(
                        "page",
                        queries.anomalies().list(scope, filter, parameters.window(ROWS)),
                        "more",
                        MoreLink.of(context)));
    }

    private void refusals(Context context) {
        Parameters parameters = Parameters.of(context, "tenant", "reason", "since", "cursor", "limit");
        TenantScope scope = Gate.viewer(context).scope();
        RefusalQueries.Filter filter = new RefusalQueries.Filter(
                parameters.tenant(scope), parameters.code("reason"), parameters.instant("since"));
        show(
                context,
                "refusals.jte",
                frame(context, "Refusals", "refusals"),
                Map.of(
                        "page",
                        queries.refusals().list(scope, filter, parameters.window(ROWS)),
                        "reason",
                        filter.reason() == null ? "" : filter.reason(),
                        "more",
                        MoreLink.of(context)));
    }

    private void quarantine(Context context) {
        Parameters parameters = Parameters.of(context, "tenant", "reason", "since", "cursor", "limit");
        TenantScope scope = Gate.viewer(context).scope();
        QuarantineQueries.Filter filter = new QuarantineQueries.Filter(
                parameters.tenant(scope), parameters.code("reason"), parameters.instant("since"));
        show(
                context,
                "quarantine.jte",
                frame(context, "Quarantine", "quarantine"),
                Map.of(
                        "page",
                        queries.quarantine().list(scope, filter, parameters.window(ROWS)),
                        "reason",
                        filter.reason() == null ? "" : filter.reason(),
                        "more",
                        MoreLink.of(context)));
    }

    private static Frame frame(Context context, String title, String section) {
        return Frame.of(Gate.session(context), title, section.toLowerCase(Locale.ROOT));
    }

    private void show(Context context, String template, Frame frame, Map<String, Object> parameters) {
        Map<String, Object> all = new HashMap<>(parameters);
        all.put("frame", frame);
        pages.show(context, template, all);
    }
}
