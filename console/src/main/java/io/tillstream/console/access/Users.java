package io.tillstream.console.access;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** The people who may sign in, from the settings. */
public final class Users {
    private final Map<String, Known> byName = new HashMap<>();
    private final Passwords.Hash nobody;
    /** Hashing is meant to be slow; two at a time leave the machine usable under a flood. */
    private final Semaphore hashing = new Semaphore(2, true);

    /**
     * @param accounts may be empty: then nobody can sign in
     * @throws IllegalArgumentException for a name given twice or a hash that cannot be read
     */
    public Users(List<Account> accounts, SecureRandom random) {
        for (Account account : accounts) {
            Known known = new Known(
                    new Viewer(account.name(), TenantScope.of(account.tenants())),
                    Passwords.parse(account.passwordHash()));
            if (byName.put(account.name(), known) != null) {
                throw new IllegalArgumentException("user is named twice: " + account.name());
            }
        }
        char[] unguessable = new char[32];
        for (int i = 0; i < unguessable.length; i++) {
            unguessable[i] = (char) ('!' + random.nextInt(90));
        }
        int iterations = byName.values().stream()
                .mapToInt(known -> known.hash.iterations())
                .max()
                .orElse(Passwords.ITERATIONS);
        nobody = Passwords.parse(Passwords.hash(unguessable, iterations, random));
    }

    /** The viewer, if name and password are right. An unknown name costs a hash too, so that time tells nothing. */
    public Optional<Viewer> signIn(String name, char[] password) {
        Known known = byName.get(name);
        Passwords.Hash hash = known == null ? nobody : known.hash;
        hashing.acquireUninterruptibly();
        try {
            boolean right = password.length <= Passwords.LENGTH_MAX && hash.matches(password);
            return right && known != null ? Optional.of(known.viewer) : Optional.empty();
        } finally {
            hashing.release();
        }
    }

    public boolean isEmpty() {
        return byName.isEmpty();
    }

    /**
     * A user as the settings name one.
     *
     * @param name shown in the page header
     * @param passwordHash from {@link Passwords#hash}
     * @param tenants ids of tenants, or only {@code *}
     */
    public record Account(String name, String passwordHash, List<String> tenants) {
        public Account {
            if (!name.matches("[A-Za-z0-9._@-]{1,80}")) {
                throw new IllegalArgumentException("a user name has 1 to 80 of A-Z a-z 0-9 . _ @ -");
            }
            tenants = List.copyOf(new ArrayList<>(tenants));
        }

        /** Without the hash. */
        @Override
        public String toString() {
            return "Account[name=" + name + ", tenants=" + tenants + "]";
        }
    }

    private record Known(Viewer viewer, Passwords.Hash hash) {}
}
