package io.tillstream.streams.detection;

import java.util.HashMap;
import java.util.Map;

/** Buckets in a map. */
final class MapBuckets implements BucketStore {
    private record Key(Subject subject, long startMillis) {}

    private final Map<Key, Bucket> buckets = new HashMap<>();

    @Override
    public Bucket get(Subject subject, long startMillis) {
        return buckets.getOrDefault(new Key(subject, startMillis), Bucket.EMPTY);
    }

    @Override
    public void put(Subject subject, long startMillis, Bucket bucket) {
        buckets.put(new Key(subject, startMillis), bucket);
    }

    /** As the window store does with what is older than the lateness. */
    void forgetBefore(long millis) {
        buckets.keySet().removeIf(key -> key.startMillis() < millis);
    }

    int largestBytes() {
        return buckets.values().stream()
                .mapToInt(bucket -> StateCodec.encode(bucket).length)
                .max()
                .orElse(0);
    }
}
