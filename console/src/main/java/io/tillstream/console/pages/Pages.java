package io.tillstream.console.pages;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.javalin.http.Context;
import java.util.Map;

/** Renders the templates that the build compiled. */
public final class Pages {
    private final TemplateEngine engine = TemplateEngine.createPrecompiled(ContentType.Html);

    /** Answers with a page. */
    void show(Context answer, String template, Map<String, Object> parameters) {
        answer.html(render(template, parameters));
    }

    String render(String template, Map<String, Object> parameters) {
        StringOutput output = new StringOutput(16 * 1024);
        engine.render(template, parameters, output);
        return output.toString();
    }

    /** Answers with a page that says what went wrong; it needs no session, because there may be none. */
    public void showProblem(Context answer, int status, String reason) {
        answer.status(status);
        show(answer, "problem.jte", Map.of("status", status, "reason", reason));
    }
}
