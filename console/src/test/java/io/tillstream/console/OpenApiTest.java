package io.tillstream.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.tillstream.console.ConsoleFixture.Running;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** openapi.yaml says what the console does: routes, parameters and fields. */
@Tag("cluster")
@ExtendWith(ConsoleFixture.class)
final class OpenApiTest {
    private final Running running;
    private final JsonNode document;

    OpenApiTest(Running running) throws IOException {
        this.running = running;
        document = new YAMLMapper().readTree(Path.of("..", "openapi.yaml").toFile());
    }

    @Test
    void shouldNameTheRoutesOfTheQueryApiAndNoOthers() {
        Set<String> served = running.console()
                .routes()
                .filter(route -> route.contains(" /v1/"))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(documented().keySet()).containsExactlyInAnyOrderElementsOf(served);
    }

    @Test
    void shouldNameTheQueryParametersThatEachRouteTakes() {
        documented().forEach((route, operation) -> {
            String path = route.substring(route.indexOf('/'))
                    .replace("{paymentId}", "11111111-1111-8111-8111-111111111111")
                    .replace("{partition}", "0")
                    .replace("{sequence}", "1")
                    .replace("{batchId}", "norman-20261121")
                    .replace("{name}", ConsoleFixture.DETAIL);
            String reason = json(get(path + "?surely_unknown=1")).path("reason").asText();
            Set<String> known = Stream.of(
                            reason.substring(reason.indexOf(':') + 1).split(","))
                    .map(String::strip)
                    .filter(name -> !name.isEmpty())
                    .collect(Collectors.toCollection(TreeSet::new));

            assertThat(queryParameters(operation)).as(route).isEqualTo(known);
        });
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    PATH, SCHEMA
                    /v1/payments/11111111-1111-8111-8111-111111111111, PaymentLife
                    /v1/entries, Entry
                    /v1/entries/0/1, Entry
                    /v1/balances, Balance
                    /v1/batches, Batch
                    /v1/batches/norman-20261121, BatchDetail
                    /v1/anomalies, Anomaly
                    /v1/refusals, Refusal
                    /v1/quarantine, Quarantined
                    /v1/nothing, Problem
                    """, useHeadersInDisplayName = true)
    void shouldNameTheFieldsThatAreAnswered(String path, String schema) {
        JsonNode answer = json(get(path));
        JsonNode first = answer.path("items").isArray() ? answer.path("items").get(0) : answer;

        Set<String> known = properties(document.at("/components/schemas/" + schema));
        Set<String> answered = names(first);
        if (schema.equals("Problem")) {
            assertThat(known).containsAll(answered);
        } else {
            assertThat(answered).isEqualTo(known);
        }
    }

    private Map<String, JsonNode> documented() {
        return document.path("paths").properties().stream()
                .flatMap(path -> path.getValue().properties().stream()
                        .filter(operation ->
                                operation.getValue().path("tags").toString().contains("\"console\""))
                        .map(operation -> Map.entry(
                                operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(),
                                operation.getValue())))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private Set<String> queryParameters(JsonNode operation) {
        Set<String> names = new TreeSet<>();
        for (JsonNode parameter : operation.path("parameters")) {
            JsonNode resolved = resolve(parameter);
            if (resolved.path("in").asText().equals("query")) {
                names.add(resolved.path("name").asText());
            }
        }
        return names;
    }

    private Set<String> properties(JsonNode schema) {
        List<JsonNode> parts = new ArrayList<>(List.of(schema));
        schema.path("allOf").forEach(part -> parts.add(resolve(part)));
        Set<String> names = new TreeSet<>();
        parts.forEach(part -> names.addAll(names(part.path("properties"))));
        return names;
    }

    private JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
    }

    private static Set<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).collect(Collectors.toCollection(TreeSet::new));
    }

    private HttpResponse<String> get(String path) {
        return new Browser(running.port()).get(path, "Authorization", "Bearer " + running.token);
    }

    private static JsonNode json(HttpResponse<String> answer) {
        try {
            return new JsonMapper().readTree(answer.body());
        } catch (IOException e) {
            throw new AssertionError("not JSON: " + answer.body(), e);
        }
    }
}
