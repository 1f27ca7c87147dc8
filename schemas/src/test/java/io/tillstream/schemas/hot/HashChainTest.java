package io.tillstream.schemas.hot;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.schemas.RandomRecords;
import io.tillstream.schemas.WireFormat;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HashChainTest {
    private final List<byte[]> entries = sealed(20);

    @Test
    void shouldHashThePreviousHashAndTheBytesBetweenHeaderAndHash() throws NoSuchAlgorithmException {
        byte[] previous = new byte[32];
        for (byte[] entry : entries) {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(previous);
            sha.update(Arrays.copyOfRange(entry, 5, entry.length - 32));
            previous = sha.digest();
            assertThat(Arrays.copyOfRange(entry, entry.length - 32, entry.length))
                    .isEqualTo(previous);
        }
    }

    @Test
    void shouldStayTheSameForever() {
        HashChain chain = new HashChain();
        byte[] entry = new byte[5 + 3 + 32];
        chain.seal(entry);
        assertThat(HexFormat.of().formatHex(chain.head()))
                .isEqualTo("0d5535e13cc9708d0ff0289af2fae27e564b6bcbcd9242f5140d96957744a517");
    }

    @Test
    void shouldFollowWhatWasSealed() {
        assertThat(followed(entries)).isEqualTo(entries.size());
    }

    @Test
    void shouldNotDependOnTheSchemaId() {
        entries.forEach(entry -> WireFormat.writeHeader(entry, 123_456));
        assertThat(followed(entries)).isEqualTo(entries.size());
    }

    @Test
    void shouldStopAtAMissingEntry() {
        List<byte[]> without = new ArrayList<>(entries);
        without.remove(7);
        assertThat(followed(without)).isEqualTo(7);
    }

    @Test
    void shouldStopAtSwappedEntries() {
        Collections.swap(entries, 7, 8);
        assertThat(followed(entries)).isEqualTo(7);
    }

    @Test
    void shouldStopAtAChangedByteWhereverItStands() {
        byte[] entry = entries.get(7);
        for (int at = WireFormat.HEADER_BYTES; at < entry.length; at++) {
            entry[at] ^= 1;
            assertThat(followed(entries)).as("byte %s", at).isEqualTo(7);
            entry[at] ^= 1;
        }
    }

    @Test
    void shouldKeepTheHeadWhenAnEntryDoesNotFollow() {
        HashChain chain = new HashChain();
        chain.follows(entries.get(0));
        byte[] head = chain.head();
        assertThat(chain.follows(entries.get(5))).isFalse();
        assertThat(chain.head()).isEqualTo(head);
        assertThat(chain.follows(entries.get(1))).isTrue();
    }

    @Test
    void shouldStartFromAKnownHead() {
        HashChain chain = new HashChain();
        byte[] known = entries.get(7);
        chain.startFrom(known, known.length - 32);
        assertThat(chain.follows(entries.get(8))).isTrue();
    }

    private static int followed(List<byte[]> entries) {
        HashChain chain = new HashChain();
        int followed = 0;
        while (followed < entries.size() && chain.follows(entries.get(followed))) {
            followed++;
        }
        return followed;
    }

    private static List<byte[]> sealed(int count) {
        RandomRecords random = new RandomRecords(8);
        HashChain chain = new HashChain();
        List<byte[]> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] entry = AvroOracle.encode(random.entry());
            chain.seal(entry);
            entries.add(entry);
        }
        return entries;
    }
}
