package io.tillstream.loadtests.bench.posting;

import io.tillstream.loadtests.bench.peer.DslMain;
import io.tillstream.loadtests.bench.stage.JvmPlan;
import io.tillstream.loadtests.check.JournalCheck;
import java.util.List;

/** Kafka Streams' DSL with RocksDB, as one finds it or tuned. */
final class DslContender extends KafkaPeer {
    private final boolean tuned;

    DslContender(boolean tuned) {
        this.tuned = tuned;
    }

    @Override
    public String name() {
        return tuned ? "tunedDsl" : "idiomaticDsl";
    }

    @Override
    public String does() {
        return tuned
                ? "the same with bloom filters, look-up by key instead of windows, large memtables, caches where they pay, Avro's"
                        + " fast reader, posting's client settings"
                : "Kafka Streams' DSL, window store of event ids, payments and balances in RocksDB with caches, SpecificRecord"
                        + " serdes, default settings";
    }

    @Override
    public String lacks() {
        return "hash chain and sequence, business days and settlement totals, parked events, records of what is refused;"
                + " types other than captures, refunds and chargebacks; remembers ids "
                + (tuned ? "for ever" : "for a day");
    }

    @Override
    public List<Variant> variants(int commitIntervalMs) {
        return List.of(new Variant(1, commitIntervalMs), new Variant(2, commitIntervalMs));
    }

    @Override
    String option() {
        return tuned ? DslMain.TUNED : "";
    }

    @Override
    JvmPlan plan(Place place) {
        return JvmPlan.of(DslMain.class, place.heapMegabytes());
    }

    @Override
    public long outputs(Input input) {
        return input.expected().accepted();
    }

    @Override
    public CheckResult check(Place place, Input input) {
        return CheckResult.of(JournalCheck.ofEntries(place.cluster().kafka(), place.output(), input.expected()), input);
    }
}
