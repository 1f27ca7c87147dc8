package io.tillstream.console.pages;

import io.javalin.http.Context;
import io.tillstream.console.web.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/** The console's own style sheet, script and icon, read once from the class path. */
public final class Assets {
    private static final Map<String, String> TYPES = Map.of(
            "console.css", "text/css; charset=utf-8",
            "console.js", "text/javascript; charset=utf-8",
            "icon.svg", "image/svg+xml");
    private final Map<String, byte[]> contents = Map.of(
            "console.css", read("console.css"),
            "console.js", read("console.js"),
            "icon.svg", read("icon.svg"));

    /** Answers with the asset that the path names. */
    public void serve(Context answer) {
        String name = answer.pathParam("name");
        byte[] content = contents.get(name);
        if (content == null) {
            throw Problem.notFound("there is no such asset");
        }
        answer.contentType(TYPES.get(name)).header("Cache-Control", "no-cache").result(content);
    }

    private static byte[] read(String name) {
        try (InputStream stream = Assets.class.getResourceAsStream("/io/tillstream/console/assets/" + name)) {
            if (stream == null) {
                throw new IllegalStateException("asset is missing from the jar: " + name);
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
