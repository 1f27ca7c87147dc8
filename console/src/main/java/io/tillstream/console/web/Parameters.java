package io.tillstream.console.web;

import io.javalin.http.Context;
import io.tillstream.console.access.TenantScope;
import io.tillstream.console.query.Cursor;
import io.tillstream.console.query.Window;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/** What a request asks for, checked. Every method throws {@link Problem} with the parameter's name and the reason. */
public final class Parameters {
    private static final Pattern CODE = Pattern.compile("[A-Z_]{1,40}");
    private static final Pattern BATCH = Pattern.compile("[a-z0-9-]{1,60}");
    private static final Pattern UUID_TEXT =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
    private static final int TEXT_MAX = 200;
    private final Context request;

    private Parameters(Context request) {
        this.request = request;
    }

    /** The request's parameters, none of which may be other than these, given twice or too long. */
    public static Parameters of(Context request, String... known) {
        Set<String> names = Set.of(known);
        request.queryParamMap().forEach((name, values) -> {
            if (!names.contains(name) && !name.isEmpty()) {
                throw Problem.parameter(
                        CODE_OR_NAME.matcher(name).matches() ? name : "query",
                        "unknown parameter; known here: " + String.join(", ", List.of(known)));
            }
            if (values.size() > 1) {
                throw Problem.parameter(name, "given more than once");
            }
        });
        return new Parameters(request);
    }

    private static final Pattern CODE_OR_NAME = Pattern.compile("[A-Za-z_]{1,40}");

    /** A tenant in scope, or null. */
    public String tenant(TenantScope scope) {
        String tenant = text("tenant");
        if (tenant == null) {
            return null;
        }
        if (!tenant.matches("[a-z0-9-]{1,40}")) {
            throw Problem.parameter("tenant", "an id has 1 to 40 of a-z, 0-9 and -");
        }
        if (!scope.covers(tenant)) {
            throw Problem.outsideScope("tenant");
        }
        return tenant;
    }

    /** A code such as a reason or a state, or null. */
    public String code(String name) {
        String code = text(name);
        if (code != null && !CODE.matcher(code).matches()) {
            throw Problem.parameter(name, "a code has 1 to 40 of A-Z and _");
        }
        return code;
    }

    /** One of these codes, or null. */
    public String oneOf(String name, List<String> codes) {
        String code = text(name);
        if (code != null && !codes.contains(code)) {
            throw Problem.parameter(name, "one of " + String.join(", ", codes));
        }
        return code;
    }

    /** A time with its offset, such as 2026-11-22T10:15:30Z, or null. */
    public Instant instant(String name) {
        String text = text(name);
        try {
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw Problem.parameter(name, "a time looks like 2026-11-22T10:15:30Z");
        }
    }

    /** A date, or null. */
    public LocalDate date(String name) {
        String text = text(name);
        try {
            return text == null ? null : LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw Problem.parameter(name, "a date looks like 2026-11-22");
        }
    }

    /** The page that {@code cursor} and {@code limit} ask for. */
    public Window window(int limitDefault) {
        String limit = text("limit");
        String cursor = text("cursor");
        Cursor after = cursor == null ? null : Cursor.parse(cursor);
        return new Window(after, limit == null ? limitDefault : whole("limit", limit, 1, Window.LIMIT_MAX));
    }

    /** The payment id of the path. */
    public UUID paymentId() {
        return uuid("paymentId", request.pathParam("paymentId"));
    }

    /** A payment id from somewhere else, such as the search box. */
    public static UUID uuid(String name, String text) {
        if (!UUID_TEXT.matcher(text).matches()) {
            throw Problem.parameter(name, "an id looks like 5f0c7e2a-8d1b-8c3e-9a4f-0123456789ab");
        }
        return UUID.fromString(text);
    }

    /** The batch id of the path, {tenant}-{yyyymmdd}. */
    public String batchId() {
        String batchId = request.pathParam("batchId");
        if (!BATCH.matcher(batchId).matches()) {
            throw Problem.parameter("batchId", "an id has 1 to 60 of a-z, 0-9 and -");
        }
        return batchId;
    }

    /** A whole number of the path. */
    public long pathNumber(String name, long greatest) {
        String text = request.pathParam(name);
        if (!text.matches("[0-9]{1,18}") || Long.parseLong(text) > greatest) {
            throw Problem.parameter(name, "a whole number from 0 to " + greatest);
        }
        return Long.parseLong(text);
    }

    private static int whole(String name, String text, int least, int greatest) {
        if (text.matches("[0-9]{1,9}")) {
            int value = Integer.parseInt(text);
            if (value >= least && value <= greatest) {
                return value;
            }
        }
        throw Problem.parameter(name, "a whole number from " + least + " to " + greatest);
    }

    /** Text of at most 200 characters, or null. */
    public String text(String name) {
        String text = request.queryParam(name);
        if (text == null || text.isEmpty()) {
            return null;
        }
        if (text.length() > TEXT_MAX && !name.equals("cursor")) {
            throw Problem.parameter(name, "longer than " + TEXT_MAX + " characters");
        }
        return text;
    }
}
