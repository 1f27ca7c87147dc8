package io.tillstream.console.pages;

import io.javalin.http.Context;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Links from a page of a list to the next: the same address and filters with another cursor.
 *
 * @param path of the list
 * @param filters parameters but the cursor
 * @param further whether this is not the first page
 */
public record MoreLink(String path, Map<String, String> filters, boolean further) {
    static MoreLink of(Context context) {
        Map<String, String> filters = new LinkedHashMap<>();
        context.queryParamMap().forEach((name, values) -> filters.put(name, values.get(0)));
        boolean further = filters.remove("cursor") != null;
        return new MoreLink(context.path(), filters, further);
    }

    /** The address of the page that begins after the cursor. */
    public String after(String cursor) {
        Map<String, String> all = new LinkedHashMap<>(filters);
        all.put("cursor", cursor);
        return path + "?" + query(all);
    }

    /** The address of the first page. */
    public String first() {
        return filters.isEmpty() ? path : path + "?" + query(filters);
    }

    private static String query(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
