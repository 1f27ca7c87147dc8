package io.tillstream.local.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/** What ingest itself counted, read from its /metrics as an operator would. */
final class IngestCounts {
    private static final String METER = "tillstream_ingest_events_total{";
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private IngestCounts() {}

    /** Events with an outcome, of all cities and channels, of all instances since they started. */
    static long of(HttpClient http, List<URI> instances, String outcome) {
        long count = 0;
        for (URI instance : instances) {
            count += scrape(http, instance)
                    .lines()
                    .filter(line -> line.startsWith(METER) && line.contains("outcome=\"" + outcome + "\""))
                    .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .sum();
        }
        return count;
    }

    private static String scrape(HttpClient http, URI instance) {
        HttpRequest request = HttpRequest.newBuilder(instance.resolve("/metrics"))
                .timeout(TIMEOUT)
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new IllegalStateException("Ingest did not give its metrics", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while ingest gave its metrics", e);
        }
    }
}
