package io.tillstream.streams.detection;

import io.tillstream.schemas.Anomaly;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.WindowStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Kafka shell around {@link Watch}: buckets live in a window store, which drops whole segments of old ones by itself. */
final class AttemptWatcher implements Processor<Subject, Attempt, String, Anomaly> {
    private static final Logger LOG = LoggerFactory.getLogger(AttemptWatcher.class);

    private final DetectionRules rules;
    private final DetectionMeters meters;
    private ProcessorContext<String, Anomaly> context;
    private Watch watch;
    private long newestMillis = Long.MIN_VALUE;

    AttemptWatcher(DetectionRules rules, DetectionMeters meters) {
        this.rules = rules;
        this.meters = meters;
    }

    private record WindowedBuckets(WindowStore<Subject, Bucket> store) implements BucketStore {
        @Override
        public Bucket get(Subject subject, long startMillis) {
            Bucket bucket = store.fetch(subject, startMillis);
            return bucket == null ? Bucket.EMPTY : bucket;
        }

        @Override
        public void put(Subject subject, long startMillis, Bucket bucket) {
            store.put(subject, bucket, startMillis);
        }
    }

    @Override
    public void init(ProcessorContext<String, Anomaly> context) {
        this.context = context;
        watch = new Watch(rules, new WindowedBuckets(context.getStateStore(DetectionTopology.STORE)));
    }

    @Override
    public void process(Record<Subject, Attempt> record) {
        if (isTooLate(record.value().atMillis())) {
            meters.late();
            return;
        }
        for (Anomaly anomaly : watch.see(record.key(), record.value(), record.timestamp())) {
            context.forward(record.withKey(anomaly.getTenant()).withValue(anomaly));
            meters.anomaly(anomaly.getRule());
            LOG.warn("{} at {}: {}", anomaly.getRule(), anomaly.getTenant(), anomaly.getDetail());
        }
    }

    /** The store may or may not still have what such an attempt belongs to, and would drop it with no more than a warning. */
    private boolean isTooLate(long atMillis) {
        newestMillis = Math.max(newestMillis, atMillis);
        return atMillis < newestMillis - rules.lateness().toMillis();
    }
}
