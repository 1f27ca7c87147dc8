package io.tillstream.loadtests.bench.posting;

import io.tillstream.loadtests.bench.peer.CopyMain;
import io.tillstream.loadtests.bench.stage.JvmPlan;
import java.util.List;

/** The limit: with as many threads as are best, or with one consumer and one producer alone. */
final class CopyContender extends KafkaPeer {
    private final boolean single;

    CopyContender(boolean single) {
        this.single = single;
    }

    @Override
    public String name() {
        return single ? "copyOneThread" : "copy";
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
        Variant one = new Variant(1, commitIntervalMs);
        return single ? List.of(one) : List.of(one, new Variant(2, commitIntervalMs));
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
