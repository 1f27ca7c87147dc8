package io.tillstream.local.demo;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/** Tells people and commands where everything is. */
final class DemoAddresses {
    /** The file that commands read when they are told nothing else. */
    static final String FILE = "demo.json";

    private final DemoDirectory directory;
    private final DemoServers servers;
    private final DemoServices services;
    private final Path controlKeys;

    DemoAddresses(DemoDirectory directory, DemoServers servers, DemoServices services, Path controlKeys) {
        this.directory = directory;
        this.servers = servers;
        this.services = services;
        this.controlKeys = controlKeys;
    }

    /** @param firstLogin whether the console's password is new and is shown, this once */
    void tell(Consumer<String> out, boolean firstLogin) {
        directory.writeSettings(
                FILE,
                Map.of(
                        "kafka", servers.kafka().asMap(),
                        "registry.url", servers.registryUrl(),
                        "database.url", servers.databaseUrl(),
                        "database.user", servers.databaseUser(),
                        "files.directory", services.filesDirectory().toString(),
                        "auth.control-keyset-file", controlKeys.toString(),
                        "secrets.directory", directory.directory("secrets").toString(),
                        "ingest.url", services.ingestAddresses().get(0).toString(),
                        "console.url", services.consoleAddress().toString()));
        String login = firstLogin
                ? "password " + directory.secret(DemoServices.CONSOLE_PASSWORD_FILE) + " (shown once; kept in "
                : "password in (";
        out.accept("");
        out.accept("  console    " + services.consoleAddress());
        out.accept("             user " + DemoServices.CONSOLE_USER + ", " + login
                + directory.file("secrets").resolve(DemoServices.CONSOLE_PASSWORD_FILE) + ")");
        out.accept("  ingest     " + services.ingestAddresses().get(0) + " and "
                + services.ingestAddresses().get(1));
        out.accept("  files      " + services.filesDirectory());
        out.accept("  addresses  " + directory.file(FILE) + " (read by the other commands)");
        out.accept("");
    }
}
