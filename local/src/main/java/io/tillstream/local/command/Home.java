package io.tillstream.local.command;

import java.nio.file.Path;

/** Where Tillstream is installed: the launcher says it with {@code -Dtillstream.home}, else it is the current directory. */
final class Home {
    private Home() {}

    static Path directory() {
        return Path.of(System.getProperty("tillstream.home", "."));
    }

    /** Where the demo keeps its data when nothing else is said. */
    static Path data() {
        return directory().resolve("data");
    }

    /** The sample of ten cities. */
    static Path sampleTenants() {
        return directory().resolve("examples").resolve("tenants.yaml");
    }
}
