package io.tillstream.local.simulation;

import io.tillstream.local.client.Answer;
import io.tillstream.local.client.ChannelKey;
import io.tillstream.local.client.IngestClient;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Collects the lines of one channel's batch until {@link #flush}. */
final class LineBatcher {
    private static final int LINES_MAX = 100;

    private record Line(String json, CompletableFuture<Answer> answer) {}

    private final IngestClient ingest;
    private final Map<ChannelKey, List<Line>> waiting = new LinkedHashMap<>();

    LineBatcher(IngestClient ingest) {
        this.ingest = ingest;
    }

    /** The answer to the step's line; it comes after the next flush. */
    synchronized CompletableFuture<Answer> add(Step step) {
        String json = "{\"idempotencyKey\":\"" + step.idempotencyKey() + "\","
                + step.body().substring(1);
        Line line = new Line(json, new CompletableFuture<>());
        waiting.computeIfAbsent(step.city().keys().get(step.channel()), key -> new ArrayList<>())
                .add(line);
        return line.answer();
    }

    /** Sends what has been collected, in batches of a hundred lines at most. */
    void flush() {
        Map<ChannelKey, List<Line>> taken;
        synchronized (this) {
            taken = new LinkedHashMap<>(waiting);
            waiting.clear();
        }
        taken.forEach((key, lines) -> {
            for (int from = 0; from < lines.size(); from += LINES_MAX) {
                send(key, lines.subList(from, Math.min(from + LINES_MAX, lines.size())));
            }
        });
    }

    private void send(ChannelKey key, List<Line> lines) {
        CompletableFuture<List<Answer>> answered =
                ingest.batch(key, lines.stream().map(Line::json).toList());
        var unused = answered.whenComplete((answers, error) -> {
            for (int i = 0; i < lines.size(); i++) {
                CompletableFuture<Answer> line = lines.get(i).answer();
                boolean told = error == null ? line.complete(answers.get(i)) : line.completeExceptionally(error);
                assert told : "a line is answered once";
            }
        });
    }
}
