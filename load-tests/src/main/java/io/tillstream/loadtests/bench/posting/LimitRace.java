package io.tillstream.loadtests.bench.posting;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Posting against the copy alone, alternated, more often and on a longer input than the race of all. Both are done with a short input
 * before the compiler is, and their ratio is the narrowest of all: it needs more runs than contenders that differ many times over.
 */
final class LimitRace {
    private static final String COPY = "copy";
    private static final List<String> PAIR = List.of(COPY, Contenders.TILLSTREAM);

    private final Track track;
    private final PostingOptions options;
    private final PostingResult result;
    private final Map<String, ContenderResult> pair = new LinkedHashMap<>();

    LimitRace(Track track) {
        this.track = track;
        options = track.options();
        result = track.result();
    }

    /** All rounds; the ratio takes the place of the one from the race of all, which is kept under another key. */
    void run() {
        Input input = track.fill(options.shape(), options.limitEvents());
        if (!options.has(PostingOptions.Part.THROUGHPUT)) {
            Race.warmUpBroker(track, input);
        }
        for (String name : PAIR) {
            ContenderResult found = new ContenderResult(contender(name));
            found.best(Race.bestOf(name, result, options));
            pair.put(name, found);
        }
        result.put("limit", Map.of("events", input.events(), "runs", options.limitRuns(), "contenders", pair));
        for (int run = 0; run < options.limitRuns(); run++) {
            for (String name : PAIR) {
                String what = "limit, " + name;
                track.in(
                        what + ", run " + run,
                        place -> Race.measure(place, what, contender(name), input, pair.get(name), result));
            }
        }
        if (pair.values().stream().allMatch(ContenderResult::hasRuns)) {
            tell();
        }
        result.write();
    }

    private void tell() {
        Double ofAll = result.ratios().get(COPY);
        if (ofAll != null) {
            result.ratio("copyInRaceOfAll", ofAll);
        }
        ContenderResult.Spread copy = pair.get(COPY).eventsPerSecond();
        ContenderResult.Spread posting = pair.get(Contenders.TILLSTREAM).eventsPerSecond();
        result.ratio(COPY, posting.median() / copy.median());
        result.line(String.format(
                Locale.ROOT,
                "limit, %,d events, %d runs: copy %,.0f (%,.0f - %,.0f), tillstream %,.0f (%,.0f - %,.0f) events/s",
                options.limitEvents(),
                options.limitRuns(),
                copy.median(),
                copy.min(),
                copy.max(),
                posting.median(),
                posting.min(),
                posting.max()));
    }

    private Contender contender(String name) {
        return Contenders.of(name, options.home());
    }
}
