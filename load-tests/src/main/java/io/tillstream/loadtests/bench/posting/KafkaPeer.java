package io.tillstream.loadtests.bench.posting;

import io.tillstream.loadtests.bench.stage.JvmPlan;
import io.tillstream.loadtests.bench.stage.JvmProcess;

/** A peer that writes to a topic of its own. */
abstract class KafkaPeer implements Contender {
    /** Main class, class path and options for a run. */
    abstract JvmPlan plan(Place place);

    /** The peer's own setting. */
    String option() {
        return "";
    }

    @Override
    public void prepare(Place place) {
        place.cluster().topics().create(place.output(), place.partitions());
    }

    @Override
    public JvmProcess start(Place place, Variant variant, int attempt) {
        String settings = place.settings(variant, option()).toString();
        return JvmProcess.start(name() + "-" + attempt, plan(place), place.directory(), settings);
    }

    @Override
    public Gauge gauge(Place place) {
        return new TopicGauge(place.cluster().topics(), place.output(), place.partitions());
    }

    @Override
    public long bytesWritten(Place place) {
        return place.cluster().topics().bytes(topic -> topic.startsWith(place.id())).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    @Override
    public void clear(Place place) {
        place.cluster().topics().delete(topic -> topic.startsWith(place.id()));
    }
}
