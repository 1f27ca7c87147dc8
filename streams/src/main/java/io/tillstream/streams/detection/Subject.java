package io.tillstream.streams.detection;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * One thing watched in one city; attempts are partitioned by it.
 *
 * @param value a keyed hash or a BIN; may hold any character
 */
record Subject(SubjectKind kind, String tenant, String value) {
    private static final String SEPARATOR = "|";

    Subject {
        if (tenant.contains(SEPARATOR)) {
            throw new IllegalArgumentException("A tenant's name with " + SEPARATOR + " cannot be part of a key");
        }
        if (value.isEmpty()) {
            throw new IllegalArgumentException("Nothing to watch: empty " + kind);
        }
    }

    /** The key: kind, tenant and value with a bar between. */
    byte[] encode() {
        return (kind + SEPARATOR + tenant + SEPARATOR + value).getBytes(UTF_8);
    }

    static Subject decode(byte[] key) {
        String[] parts = new String(key, UTF_8).split("\\|", 3);
        if (parts.length != 3) {
            throw new IllegalArgumentException("Not the key of a subject: " + parts.length + " parts");
        }
        return new Subject(SubjectKind.valueOf(parts[0]), parts[1], parts[2]);
    }
}
