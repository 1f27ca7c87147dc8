package io.tillstream.local.dayfile;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Idempotency keys that a second import of the same file gives again.
 *
 * <p>An id that stands once in the file is the key. A row without id, or whose id stands on several rows, is known by its whole
 * content and by how many equal rows came before it, so that two equal rows are two payments, and the order of different rows
 * does not matter.
 */
final class RowKeys {
    private static final String PRINTABLE = "[!-~]{1,150}";
    private static final int DIGEST_BYTES_USED = 16;

    private final Set<String> seen = new HashSet<>();
    private final Set<String> repeated = new HashSet<>();
    private final Map<String, Integer> occurrences = new HashMap<>();

    /** First pass: notes a row's id. */
    void note(String id) {
        if (!seen.add(id)) {
            repeated.add(id);
        }
    }

    /** Whether the id stands on several rows. */
    boolean isRepeated(String id) {
        return repeated.contains(id);
    }

    /** Second pass, in the file's order: the key of a row. */
    String key(String id, Row row) {
        if (!id.isEmpty() && !repeated.contains(id)) {
            return "import-" + (id.matches(PRINTABLE) ? id : letters(List.of(id)));
        }
        String content = letters(row.content());
        int occurrence = occurrences.merge(content, 1, Integer::sum);
        return "import-row-" + content + "-" + occurrence;
    }

    /**
     * SHA-256 written with the letters a to p instead of hexadecimal digits: a run of digits could look like a card number, and
     * ingest would refuse it.
     */
    private static String letters(List<String> texts) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            for (String text : texts) {
                sha.update(text.getBytes(StandardCharsets.UTF_8));
                sha.update((byte) 0);
            }
            byte[] digest = sha.digest();
            StringBuilder letters = new StringBuilder();
            for (int i = 0; i < DIGEST_BYTES_USED; i++) {
                letters.append((char) ('a' + (digest[i] >> 4 & 15))).append((char) ('a' + (digest[i] & 15)));
            }
            return letters.toString();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
