package io.tillstream.streams.detection;

/** Where the watch keeps buckets: a RocksDB window store in the topology, a map in tests. */
interface BucketStore {
    /** The bucket of a subject that begins at a time, or {@link Bucket#EMPTY}. */
    Bucket get(Subject subject, long startMillis);

    void put(Subject subject, long startMillis, Bucket bucket);
}
