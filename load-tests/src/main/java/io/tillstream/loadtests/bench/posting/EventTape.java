package io.tillstream.loadtests.bench.posting;

import io.tillstream.loadtests.workload.Expected;
import io.tillstream.loadtests.workload.Workload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Events made beforehand, so that sending them at a rate costs little; in few large arrays, so that collecting garbage does too. */
final class EventTape {
    private static final int CHUNK_BYTES = 16 << 20;

    private final List<byte[]> chunks = new ArrayList<>();
    private final Expected expected;
    private int[] chunkOf;
    private int[] at;
    private int[] keyLengths;
    private int[] valueLengths;
    private int size;
    private int used = CHUNK_BYTES;

    /** Takes the workload's next events. */
    EventTape(Workload workload, int events) {
        chunkOf = new int[events];
        at = new int[events];
        keyLengths = new int[events];
        valueLengths = new int[events];
        while (size < events) {
            add(workload.next());
        }
        expected = workload.expected();
    }

    private void add(Workload.Sent sent) {
        int length = sent.key().length + sent.value().length;
        if (used + length > CHUNK_BYTES) {
            chunks.add(new byte[CHUNK_BYTES]);
            used = 0;
        }
        byte[] chunk = chunks.get(chunks.size() - 1);
        System.arraycopy(sent.key(), 0, chunk, used, sent.key().length);
        System.arraycopy(sent.value(), 0, chunk, used + sent.key().length, sent.value().length);
        chunkOf[size] = chunks.size() - 1;
        at[size] = used;
        keyLengths[size] = sent.key().length;
        valueLengths[size++] = sent.value().length;
        used += length;
    }

    int size() {
        return size;
    }

    byte[] key(int event) {
        return Arrays.copyOfRange(chunks.get(chunkOf[event]), at[event], at[event] + keyLengths[event]);
    }

    byte[] value(int event) {
        int from = at[event] + keyLengths[event];
        return Arrays.copyOfRange(chunks.get(chunkOf[event]), from, from + valueLengths[event]);
    }

    /** What must come of all of them. */
    Expected expected() {
        return expected;
    }
}
