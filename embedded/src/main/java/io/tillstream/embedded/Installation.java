package io.tillstream.embedded;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.stream.Stream;

/**
 * Where the unpacked servers are: folders {@code registry} and {@code postgres} that the build puts into
 * {@code embedded/target} of the project.
 *
 * <p>In this order: the system property {@code tillstream.registry.home} or {@code tillstream.postgres.home} (the folder
 * itself); {@code tillstream.home} (the project's root, given by the launcher); the project around this class's code; the
 * project around the working directory (a module's tests, with this class in a jar elsewhere).
 */
final class Installation {

    private static final String BUILT = "embedded/target";

    private Installation() {}

    /** The folder of a server. @throws IllegalStateException where it is nowhere, naming the places and the remedy */
    static Path of(String server) {
        String property = "tillstream." + server + ".home";
        String explicit = System.getProperty(property);
        if (explicit != null) {
            return existing(Path.of(explicit), "system property " + property);
        }
        String home = System.getProperty("tillstream.home");
        if (home != null) {
            return existing(Path.of(home, BUILT, server), "system property tillstream.home");
        }
        Path code = codeLocation();
        Path here = Path.of("").toAbsolutePath();
        return Stream.concat(ancestors(code), ancestors(here))
                .map(folder -> folder.resolve(BUILT).resolve(server))
                .filter(Files::isDirectory)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no folder " + BUILT + "/" + server + " above " + code
                        + " or " + here + ": build the module embedded, or set -Dtillstream.home"));
    }

    private static Path existing(Path folder, String origin) {
        if (!Files.isDirectory(folder)) {
            throw new IllegalStateException("no folder " + folder + ", which " + origin + " asks for");
        }
        return folder.toAbsolutePath();
    }

    private static Path codeLocation() {
        CodeSource source = Installation.class.getProtectionDomain().getCodeSource();
        try {
            return Path.of(source.getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("cannot tell where the code is: " + source, e);
        }
    }

    private static Stream<Path> ancestors(Path path) {
        return Stream.iterate(path, step -> step != null, Path::getParent);
    }
}
