package io.tillstream.schemas.hot;

import io.tillstream.schemas.WireFormat;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * SHA-256 over the previous entry's hash and the entry's Avro bytes up to its own hash. The wire header is left out: schema ids
 * belong to a registry, not to the ledger. The first entry's previous hash is 32 zero bytes.
 */
public final class HashChain {
    private final MessageDigest sha;
    private final byte[] head = new byte[EntryWriter.HASH_BYTES];
    private final byte[] computed = new byte[EntryWriter.HASH_BYTES];

    public HashChain() {
        try {
            sha = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** A copy of the latest entry's hash. */
    public byte[] head() {
        return head.clone();
    }

    /** Starts from a known head, for a journal whose beginning is no longer kept. */
    public void startFrom(byte[] bytes, int at) {
        System.arraycopy(bytes, at, head, 0, head.length);
    }

    /** Fills the hash into a new entry's last bytes and moves the head. */
    public void seal(byte[] entry) {
        compute(entry);
        System.arraycopy(computed, 0, entry, entry.length - computed.length, computed.length);
        System.arraycopy(computed, 0, head, 0, head.length);
    }

    /** Whether the entry follows the head; if so the head moves. */
    public boolean follows(byte[] entry) {
        compute(entry);
        int at = entry.length - computed.length;
        if (!Arrays.equals(computed, 0, computed.length, entry, at, entry.length)) {
            return false;
        }
        System.arraycopy(computed, 0, head, 0, head.length);
        return true;
    }

    private void compute(byte[] entry) {
        try {
            sha.update(head);
            sha.update(entry, WireFormat.HEADER_BYTES, entry.length - WireFormat.HEADER_BYTES - computed.length);
            sha.digest(computed, 0, computed.length);
        } catch (DigestException e) {
            throw new IllegalStateException("32 bytes are room for SHA-256", e);
        }
    }
}
