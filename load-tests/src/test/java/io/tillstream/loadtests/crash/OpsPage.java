package io.tillstream.loadtests.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a service's /metrics say. A question that it does not answer throws. */
final class OpsPage {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Duration ANSWER_MAX = Duration.ofSeconds(5);
    private static final Pattern LINE = Pattern.compile("(?m)^(\\w+)\\{([^}]*)} (\\S+)$");
    private static final Pattern PARTITION = Pattern.compile("partition=\"(\\d+)\"");

    private final URI metrics;

    OpsPage(int opsPort) {
        metrics = URI.create("http://127.0.0.1:" + opsPort + "/metrics");
    }

    /** The value of a metric that has only one. */
    double value(String name) {
        Matcher line = LINE.matcher(scrape());
        while (line.find()) {
            if (line.group(1).equals(name)) {
                return Double.parseDouble(line.group(3));
            }
        }
        throw new IllegalStateException("No " + name + " at " + metrics);
    }

    /** The values of a metric that has one for each partition. */
    Map<Integer, Double> byPartition(String name) {
        Map<Integer, Double> values = new TreeMap<>();
        Matcher line = LINE.matcher(scrape());
        while (line.find()) {
            Matcher partition = PARTITION.matcher(line.group(2));
            if (line.group(1).equals(name) && partition.find()) {
                values.put(Integer.valueOf(partition.group(1)), Double.valueOf(line.group(3)));
            }
        }
        return values;
    }

    private String scrape() {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(metrics).timeout(ANSWER_MAX).build();
            return CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while asking " + metrics, e);
        }
    }
}
