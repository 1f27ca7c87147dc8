package io.tillstream.loadtests.bench.posting;

import io.tillstream.loadtests.bench.peer.CopyMain;
import io.tillstream.loadtests.bench.stage.JvmPlan;
import java.util.List;

/** The limit. */
final class CopyContender extends KafkaPeer {
    @Override
    public String name() {
        return "copy";
    }

    @Override
    public String does() {
        return "a consumer and a transactional producer copy each record, made as long as posting's entry";
    }

    @Override
    public String lacks() {
        return "everything: reads no event, keeps no state";
    }

    @Override
    public List<Variant> variants(int commitIntervalMs) {
        return List.of(new Variant(1, commitIntervalMs), new Variant(2, commitIntervalMs));
    }

    @Override
    JvmPlan plan(Place place) {
        return JvmPlan.of(CopyMain.class, place.heapMegabytes());
    }

    @Override
    public long outputs(Input input) {
        return input.records();
    }

    @Override
    public CheckResult check(Place place, Input input) {
        return CopyCheck.of(place, input);
    }
}
