package io.tillstream.loadtests.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.loadtests.bench.jmh.Sample;
import io.tillstream.streams.posting.PostingCore;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PaddingTest {
    private static final int EVENTS = 20_000;
    private static final int BLOCK_BYTES = 64 * 1024;
    private static final int HASH_BYTES = 32;
    private static final byte[] VALUE = {0, 0, 0, 0, 1, 42, 43, 44, 45, 46, 47, 48, 49};

    @Test
    void shouldAppendHeadsInTurnWithoutChangingTheValue(@TempDir Path directory) {
        Path file = directory.resolve("padding");
        Padding.store(List.of(new byte[] {1, 2, 3}, new byte[] {4}), file);
        Padding padding = Padding.load(file);
        assertThat(padding.append(VALUE))
                .startsWith(VALUE)
                .startsWith(join(VALUE, 1, 2, 3))
                .hasSize(13 + 3 + 32);
        assertThat(padding.append(VALUE)).startsWith(join(VALUE, 4)).hasSize(13 + 1 + 32);
        assertThat(padding.append(VALUE)).startsWith(join(VALUE, 1, 2, 3)).hasSize(13 + 3 + 32);
    }

    @Test
    void shouldEndInBytesThatDifferFromRecordToRecord() {
        Padding padding = new Padding(List.of(new byte[] {1}));
        assertThat(Arrays.equals(hash(padding.append(VALUE)), hash(padding.append(new byte[] {0, 0, 0, 0, 1, 7}))))
                .isFalse();
    }

    /** Or the limit would have less to compress, to send and to store than posting. */
    @Test
    void shouldBeAsLongAsEntriesAndCompressAlike() {
        Sample sample = new Sample();
        List<byte[]> entries = new ArrayList<>();
        PostingCore core = sample.core(entries::add);
        entries.clear(); // the cities' terms
        Padding padding = new Padding(Sample.entryHeads(1_000));
        List<byte[]> copies = new ArrayList<>();
        for (byte[] event : sample.values(EVENTS)) {
            int before = entries.size();
            core.post(event, 5_000_000 + entries.size(), Sample.now());
            if (entries.size() > before) {
                copies.add(padding.append(event));
            }
        }
        assertThat((double) bytes(copies).length).isCloseTo(bytes(entries).length, Percentage.withPercentage(1));
        assertThat((double) compressed(copies)).isCloseTo(compressed(entries), Percentage.withPercentage(2));
    }

    /** Bytes of lz4 in blocks of 64 KB, as Kafka's producer makes them. */
    private static int compressed(List<byte[]> values) {
        byte[] bytes = bytes(values);
        LZ4Compressor lz4 = LZ4Factory.fastestJavaInstance().fastCompressor();
        int sum = 0;
        for (int from = 0; from < bytes.length; from += BLOCK_BYTES) {
            sum += lz4.compress(bytes, from, Math.min(BLOCK_BYTES, bytes.length - from)).length;
        }
        return sum;
    }

    private static byte[] bytes(List<byte[]> values) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        values.forEach(all::writeBytes);
        return all.toByteArray();
    }

    private static byte[] join(byte[] value, int... more) {
        byte[] joined = Arrays.copyOf(value, value.length + more.length);
        for (int i = 0; i < more.length; i++) {
            joined[value.length + i] = (byte) more[i];
        }
        return joined;
    }

    private static byte[] hash(byte[] padded) {
        return Arrays.copyOfRange(padded, padded.length - HASH_BYTES, padded.length);
    }
}
