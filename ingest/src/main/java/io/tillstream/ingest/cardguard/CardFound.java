package io.tillstream.ingest.cardguard;

/**
 * A card number was found. Says where, never which.
 *
 * @param place BODY, HEADER, QUERY or PATH
 * @param field for the client: a JSON path such as {@code items[0].billAccount}, or {@code header.X}, {@code query.x}, {@code path}
 */
public record CardFound(Place place, String field) {
    /** Part of the request. */
    public enum Place {
        BODY,
        HEADER,
        QUERY,
        PATH
    }
}
