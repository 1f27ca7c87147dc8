package io.tillstream.streams.detection;

import java.util.HashMap;
import java.util.Map;

/** Buckets in a map. Keeps bytes, as the store does. */
final class MapBuckets implements BucketStore {
    private record Key(Subject subject, long startMillis) {}

    private final Map<Key, byte[]> buckets = new HashMap<>();

    @Override
    public Bucket get(Subject subject, long startMillis) {
        byte[] bytes = buckets.get(new Key(subject, startMillis));
        return bytes == null ? Bucket.EMPTY : StateCodec.bucket(bytes);
    }

    @Override
    public void put(Subject subject, long startMillis, Bucket bucket) {
        buckets.put(new Key(subject, startMillis), StateCodec.encode(bucket));
    }

    int largestBytes() {
        return buckets.values().stream().mapToInt(bytes -> bytes.length).max().orElse(0);
    }
}
