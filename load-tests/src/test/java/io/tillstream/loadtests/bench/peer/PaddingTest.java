package io.tillstream.loadtests.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.loadtests.bench.jmh.Sample;
import io.tillstream.streams.posting.PostingCore;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class PaddingTest {
    private static final int EVENTS = 20_000;
    private static final int BLOCK_BYTES = 64 * 1024;

    @Test
    void shouldAppendWithoutChangingTheValue() {
        byte[] value = {0, 0, 0, 0, 1, 42, 43, 44, 45, 46, 47, 48, 49};
        byte[] padded = new Padding(140).append(value);
        assertThat(padded).hasSize(value.length + 140).startsWith(value);
        assertThat(Arrays.equals(hash(padded), hash(new Padding(140).append(new byte[] {0, 0, 0, 0, 1, 7}))))
                .as("the last 32 bytes stand for a hash and differ from record to record")
                .isFalse();
    }

    /** Or the limit would have less to compress, to send and to store than posting. */
    @Test
    void shouldCompressLikeEntries() {
        Sample sample = new Sample();
        List<byte[]> entries = new ArrayList<>();
        PostingCore core = sample.core(entries::add);
        entries.clear(); // the cities' terms
        Padding padding = new Padding(Sample.entryOverheadBytes(EVENTS));
        List<byte[]> copies = new ArrayList<>();
        for (byte[] event : sample.values(EVENTS)) {
            int before = entries.size();
            core.post(event, entries.size(), Sample.now());
            if (entries.size() > before) {
                copies.add(padding.append(event));
            }
        }
        assertThat((double) compressed(copies)).isCloseTo(compressed(entries), Percentage.withPercentage(2));
    }

    /** Bytes of lz4 in blocks of 64 KB, as Kafka's producer makes them. */
    private static int compressed(List<byte[]> values) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        values.forEach(all::writeBytes);
        byte[] bytes = all.toByteArray();
        LZ4Compressor lz4 = LZ4Factory.fastestJavaInstance().fastCompressor();
        int sum = 0;
        for (int from = 0; from < bytes.length; from += BLOCK_BYTES) {
            sum += lz4.compress(bytes, from, Math.min(BLOCK_BYTES, bytes.length - from)).length;
        }
        return sum;
    }

    private static byte[] hash(byte[] padded) {
        return Arrays.copyOfRange(padded, padded.length - 32, padded.length);
    }
}
