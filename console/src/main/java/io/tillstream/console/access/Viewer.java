package io.tillstream.console.access;

import java.util.Objects;

/**
 * Somebody or something that has proved who it is.
 *
 * @param name of the user or of the token, for logs and the page header
 * @param scope what it may see
 */
public record Viewer(String name, TenantScope scope) {
    public Viewer {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(scope, "scope");
    }
}
