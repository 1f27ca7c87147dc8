package io.tillstream.embedded;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** How PostgreSQL, which refuses root, runs when this process is root: as nobody of a new user namespace. */
final class RootGuard {

    private static final List<String> NEW_USER_NAMESPACE = List.of("unshare", "-U");

    private RootGuard() {}

    /** What to put before a command of PostgreSQL: nothing, except for root. */
    static List<String> asNobody() {
        return isRoot() ? NEW_USER_NAMESPACE : List.of();
    }

    /** @throws IllegalStateException for root on a machine that blocks user namespaces, saying what to do instead */
    static void requireRunnable() {
        if (!isRoot()) {
            return;
        }
        String answer = tryNamespace();
        if (!answer.isEmpty()) {
            throw new IllegalStateException("PostgreSQL does not run as root, and this machine lets root make no user"
                    + " namespace to hide in (unshare -U: " + answer + "). Run Tillstream as another user, or give the"
                    + " JDBC URL of a PostgreSQL that runs already.");
        }
    }

    private static boolean isRoot() {
        return new UnixSystem().getUid() == 0;
    }

    /** @return empty where it works, else the complaint */
    private static String tryNamespace() {
        try {
            // "id -un": PostgreSQL also wants a name for the user that it is there.
            Process attempt = new ProcessBuilder("unshare", "-U", "id", "-un")
                    .redirectErrorStream(true)
                    .start();
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
