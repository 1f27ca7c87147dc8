package io.tillstream.loadtests.bench.posting;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs on the usual input. */
final class Race {
    private final Track track;
    private final PostingOptions options;
    private final PostingResult result;
    private final Input input;

    Race(Track track, Input input) {
        this.track = track;
        this.input = input;
        options = track.options();
        result = track.result();
        result.put("input", describe());
    }

    private Map<String, Object> describe() {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("records", input.records());
        described.put("events", input.events());
        described.put("repeats", input.expected().repeats());
        described.put("bytesPerEvent", (double) input.bytes() / input.records());
        return described;
    }

    private Contender contender(String name) {
        return Contenders.of(name, options.home());
    }

    /**
     * The broker compiles its own code too: without this the first contenders would be the slowest. A copy, and posting, which asks more
     * kinds of requests of it.
     */
    static void warmUpBroker(Track track, Input input) {
        for (String name : List.of("copy", Contenders.TILLSTREAM)) {
            PostingOptions options = track.options();
            Variant variant = new Variant(2, options.commitIntervalMs());
            track.in(
                    "warm-up of the broker, " + name,
                    place -> new ThroughputRun(place, Contenders.of(name, options.home()), input).run(variant));
        }
    }

    /** Each contender's best number of threads, on a part of the input. */
    void sweep() {
        for (String name : options.contenders()) {
            Contender described = contender(name);
            ContenderResult found = result.contender(described);
            List<Variant> variants = described.variants(options.commitIntervalMs());
            found.best(variants.get(0));
            if (options.threads() > 0) {
                variants.stream()
                        .filter(variant -> variant.threads() == options.threads())
                        .forEach(found::best);
                continue;
            }
            double best = 0;
            for (Variant variant : variants) {
                double[] speed = {0};
                track.in(name + " " + variant + ", sweep", place -> {
                    speed[0] = new ThroughputRun(place, contender(name), input).sweep(variant);
                    found.swept(variant, speed[0]);
                    Track.say("%s, %s, swept: %,.0f/s".formatted(name, variant, speed[0]));
                });
                if (speed[0] > best) {
                    best = speed[0];
                    found.best(variant);
                }
            }
        }
    }

    /** Alternated, so that whatever changes on the machine meets all. */
    void run() {
        for (int run = 0; run < options.runs(); run++) {
            for (String name : options.contenders()) {
                ContenderResult found = result.contender(contender(name));
                track.in(name + ", run " + run, place -> measure(place, name, contender(name), input, found, result));
            }
        }
        ratio("copy", "copy");
        ratio("copyOneThread", "copyOneThread");
        ratio("streamsPassThrough", "streamsPassThrough");
        ratio("idiomaticDsl", "idiomaticDsl");
        ratio("tunedDsl", "tunedDsl");
        ratio("flinkHeap", "flinkHeap");
        ratio("flinkHeapSecond", "flinkHeapSecond");
        ratio("flinkRocksdb", "flinkRocksdb");
        ratio("flinkRocksdbSecond", "flinkRocksdbSecond");
        ratio("postgresOnly", "postgresOnly");
    }

    /** One run; counted if its check is exact, else a failure and no result. */
    static void measure(
            Place place, String what, Contender contender, Input input, ContenderResult found, PostingResult result) {
        Run measured = new ThroughputRun(place, contender, input).run(found.best());
        Track.say("%s, %s: %,.0f/s, exact: %s"
                .formatted(
                        what,
                        measured.variant(),
                        measured.eventsPerSecond(),
                        measured.check().exact()));
        count(what, measured, found, result);
    }

    static void count(String what, Run measured, ContenderResult found, PostingResult result) {
        if (measured.check().exact()) {
            found.add(measured);
        } else {
            result.failed(what + ", check", measured.check().found());
        }
    }

    private void ratio(String key, String peer) {
        ContenderResult own = result.contenders().get(Contenders.TILLSTREAM);
        ContenderResult other = result.contenders().get(peer);
        if (own != null && other != null && own.hasRuns() && other.hasRuns()) {
            result.ratio(
                    key,
                    own.eventsPerSecond().median() / other.eventsPerSecond().median());
        }
    }

    /** Each contender killed once by SIGKILL. */
    void kill() {
        for (String name : options.contenders()) {
            ContenderResult found = result.contender(contender(name));
            Variant variant = found.best() != null
                    ? found.best()
                    : contender(name).variants(options.commitIntervalMs()).get(0);
            track.in(name + ", killed", place -> {
                CheckResult check = new ThroughputRun(place, contender(name), input).killed(variant);
                Track.say(name + " after SIGKILL, exact: " + check.exact());
                found.afterKill(check);
                if (!check.exact()) {
                    result.failed(name + ", check after SIGKILL", check.found());
                }
            });
        }
    }

    /** Posting as it is and with one thing taken out, alternated. */
    void ablate() {
        Variant variant = bestOfPosting(result, options);
        List<Ablation> ablations =
                options.ablations().stream().map(Ablation::of).toList();
        Map<String, List<Double>> speeds = new LinkedHashMap<>();
        for (int run = 0; run < options.runs(); run++) {
            track.in("ablation, nothing", place -> ablated(place, null, variant, speeds));
            for (Ablation ablation : ablations) {
                track.in("ablation " + ablation.name(), place -> ablated(place, ablation, variant, speeds));
            }
        }
        if (!speeds.containsKey("")) {
            return; // posting itself has failed, and that is told
        }
        List<Object> rows = new ArrayList<>();
        double whole = median(speeds.get(""));
        for (Ablation ablation : ablations) {
            if (speeds.containsKey(ablation.name())) {
                double without = median(speeds.get(ablation.name()));
                Map<String, Object> row = new LinkedHashMap<>();
                row.put("ablation", ablation.name());
                row.put("what", ablation.what());
                row.put("eventsPerSecond", without);
                row.put("ofPosting", without / whole);
                row.put("runs", speeds.get(ablation.name()));
                rows.add(row);
            }
        }
        result.put("ablation", Map.of("posting", whole, "postingRuns", speeds.get(""), "without", rows));
        result.write();
    }

    /** What posting raced with; if it did not race, what the options say. */
    static Variant bestOfPosting(PostingResult result, PostingOptions options) {
        return bestOf(Contenders.TILLSTREAM, result, options);
    }

    /** The same for any contender. */
    static Variant bestOf(String name, PostingResult result, PostingOptions options) {
        ContenderResult found = result.contenders().get(name);
        return found != null && found.best() != null
                ? found.best()
                : new Variant(Math.max(1, options.threads()), options.commitIntervalMs());
    }

    private void ablated(Place place, Ablation ablation, Variant variant, Map<String, List<Double>> speeds) {
        TillstreamContender contender = TillstreamContender.asItIs();
        String name = "";
        if (ablation != null) {
            place.cluster().topics().create(Ablation.TOPIC_PREFIX + "changelog", Place.PARTITIONS);
            contender = TillstreamContender.without(
                    ablation, AblationCompiler.compile(ablation, options.home(), place.directory()));
            name = ablation.name();
        }
        Run run = new ThroughputRun(place, contender, input).run(variant);
        Track.say("ablation %s: %,.0f/s, exact: %s"
                .formatted(name, run.eventsPerSecond(), run.check().exact()));
        if (run.check().exact()) {
            speeds.computeIfAbsent(name, key -> new ArrayList<>()).add(run.eventsPerSecond());
        } else {
            result.failed("ablation " + name + ", check", run.check().found());
        }
    }

    static double median(List<Double> values) {
        double[] all = values.stream().mapToDouble(Double::doubleValue).toArray();
        return ContenderResult.Spread.of(all).median();
    }
}
