package io.tillstream.console.web;

/** A request that cannot be answered, and why; thrown by handlers, answered by {@link Problems}. */
public final class Problem extends RuntimeException {
    private final int status;
    private final String error;
    private final String parameter;

    private Problem(int status, String error, String parameter, String reason) {
        super(reason);
        this.status = status;
        this.error = error;
        this.parameter = parameter;
    }

    /** 400: the parameter cannot be used. */
    public static Problem parameter(String parameter, String reason) {
        return new Problem(400, "INVALID_PARAMETER", parameter, reason);
    }

    /** 404: nothing of that name, or nothing that this viewer may see; the two cannot be told apart. */
    public static Problem notFound(String what) {
        return new Problem(404, "NOT_FOUND", null, what);
    }

    /** 403: a tenant outside the viewer's scope was asked for. */
    public static Problem outsideScope(String parameter) {
        return new Problem(403, "OUTSIDE_SCOPE", parameter, "this tenant is not yours to see");
    }

    /** 403: the form was not made by this session. */
    public static Problem foreignForm() {
        return new Problem(403, "FOREIGN_FORM", null, "this form is out of date: load the page again");
    }

    /** 500: a released file that is not what was released. */
    public static Problem damagedFile(String reason) {
        return new Problem(500, "DAMAGED_FILE", null, reason);
    }

    int status() {
        return status;
    }

    String error() {
        return error;
    }

    /** Null if no parameter is at fault. */
    String parameter() {
        return parameter;
    }
}
