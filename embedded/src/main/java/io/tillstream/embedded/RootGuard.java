package io.tillstream.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * How PostgreSQL, which refuses root and users without a name, runs when this process is such a one: in a user namespace of its own,
 * where everyone is nobody, or, where a machine (most containers) forbids such namespaces to root, as the real user nobody, who then
 * owns the data.
 */
final class RootGuard {

    private static final int ROOT = 0;
    private static final int NOBODY = 65534;
    private static final List<String> NEW_USER_NAMESPACE = List.of("unshare", "-U");
    private static final List<String> AS_NOBODY =
            List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");
    // PostgreSQL wants a name for its user, programs that it may run, and a folder that it may enter.
    private static final String LOOK = """
            id -un >/dev/null || exit
            for path; do [ -x "$path" ] || { echo "nobody may not enter or run $path"; exit 1; }; done
            """;

    private final List<String> prefix;
    private final int owner;

    private RootGuard(List<String> prefix, int owner) {
        this.prefix = prefix;
        this.owner = owner;
    }

    /**
     * The way that works on this machine.
     *
     * @param needed programs to run and folders to enter
     * @throws IllegalStateException where no way works, saying why and what to do instead
     */
    static RootGuard find(List<Path> needed) {
        return find(ownUid(), needed, RootGuard::attempt);
    }

    /** From the kernel: Java's own answer is 0, which is root, for a user whom /etc/passwd doesn't name. */
    private static long ownUid() {
        try {
            return ((Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid")).longValue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param attempt runs a command; gives its complaint, empty where it works */
    static RootGuard find(long uid, List<Path> needed, Function<List<String>, String> attempt) {
        if (uid != ROOT && attempt.apply(looking(List.of(), List.of())).isEmpty()) {
            return new RootGuard(List.of(), (int) uid);
        }
        String namespace = attempt.apply(looking(NEW_USER_NAMESPACE, List.of()));
        if (namespace.isEmpty()) {
            return new RootGuard(NEW_USER_NAMESPACE, (int) uid);
        }
        if (uid != ROOT) {
            throw new IllegalStateException("PostgreSQL wants a name for user " + uid
                    + ", and /etc/passwd has none; unshare -U: " + namespace
                    + ". Name the user there, or run Tillstream as another one.");
        }
        String nobody = attempt.apply(looking(AS_NOBODY, needed));
        if (nobody.isEmpty()) {
            return new RootGuard(AS_NOBODY, NOBODY);
        }
        throw new IllegalStateException(
                "PostgreSQL does not run as root, and root can't hand it to nobody here: unshare -U: "
                        + namespace + "; setpriv: " + nobody
                        + ". Run Tillstream as another user, or, as root, keep it and its data in folders that all may enter.");
    }

    /** What to put before a command of PostgreSQL: nothing for most users. */
    List<String> prefix() {
        return prefix;
    }

    /** Gives the data to whom PostgreSQL runs as; an earlier run may have found the other way. */
    void own(Path data) throws IOException {
        if ((int) Files.getAttribute(data, "unix:uid") == owner) {
            return;
        }
        try (Stream<Path> all = Files.walk(data)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                Files.setAttribute(path, "unix:uid", owner, LinkOption.NOFOLLOW_LINKS);
                Files.setAttribute(path, "unix:gid", owner, LinkOption.NOFOLLOW_LINKS);
            }
        }
    }

    private static List<String> looking(List<String> prefix, List<Path> needed) {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of("sh", "-c", LOOK, "sh"));
        needed.forEach(path -> command.add(path.toString()));
        return command;
    }

    static String attempt(List<String> command) {
        try {
            Process attempt =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(attempt.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
            return attempt.waitFor() == 0 ? "" : said.isEmpty() ? "exit " + attempt.exitValue() : said;
        } catch (IOException e) {
            return e.getMessage();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
