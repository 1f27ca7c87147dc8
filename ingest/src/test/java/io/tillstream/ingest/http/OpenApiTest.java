package io.tillstream.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.tillstream.ingest.intake.Bodies;
import io.tillstream.ingest.intake.Outcome;
import io.tillstream.schemas.AvsResult;
import io.tillstream.schemas.BillType;
import io.tillstream.schemas.CvvResult;
import io.tillstream.schemas.DeclineClass;
import io.tillstream.schemas.EntryMode;
import io.tillstream.schemas.PaymentEventType;
import io.tillstream.schemas.Tender;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** openapi.yaml says what ingest does: routes, fields, constants, errors. */
class OpenApiTest {
    private static RunningServer server;
    private static JsonNode document;

    @BeforeAll
    static void start() throws IOException {
        server = RunningServer.start();
        document = new YAMLMapper().readTree(Path.of("..", "openapi.yaml").toFile());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void shouldNameTheRoutesAndNoOthers() {
        Set<String> documented = new TreeSet<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    if (isOfIngest(operation.getValue())) {
                        documented.add(operation.getKey().toUpperCase(java.util.Locale.ROOT) + " " + path.getKey());
                    }
                }));

        assertThat(documented).containsExactlyInAnyOrderElementsOf(server.routes());
    }

    private static boolean isOfIngest(JsonNode operation) {
        return operation.at("/tags/0").asText().equals("ingest");
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
            SCHEMA,         PARENT
            PaymentRequest, ''
            ItemRequest,    /items/0
            CardRequest,    /card
            SourceRequest,  /source
            """)
    void shouldNameTheFieldsThatAreTaken(String schema, String parent) throws Exception {
        Set<String> documented = names(schema(schema).path("properties"));
        Set<String> sent = names(new JsonMapper().readTree(Bodies.CAPTURE).at(parent));

        assertThat(documented).containsAll(sent);
        for (String field : documented) {
            String body = Bodies.with(Bodies.CAPTURE, parent + "/" + field, "false");
            HttpResponse<String> answer = server.pay("field-" + schema + field, body);
            assertThat(answer.body()).as(field).contains("INVALID_FIELD").doesNotContain("is not a known field");
        }
        for (JsonNode required : schema(schema).path("required")) {
            String body = Bodies.with(Bodies.CAPTURE, parent + "/" + required.asText(), "");
            assertThat(server.pay("required-" + schema + required.asText(), body)
                            .body())
                    .as(required.asText())
                    .contains("is required");
        }
    }

    @Test
    void shouldNameTheConstants() {
        assertThat(constants("PaymentRequest", "type")).isEqualTo(namesOf(PaymentEventType.values()));
        assertThat(constants("PaymentRequest", "tender")).isEqualTo(namesOf(Tender.values()));
        assertThat(constants("PaymentRequest", "entryMode")).isEqualTo(namesOf(EntryMode.values()));
        assertThat(constants("PaymentRequest", "declineClass")).isEqualTo(namesOf(DeclineClass.values()));
        assertThat(constants("PaymentRequest", "avsResult")).isEqualTo(namesOf(AvsResult.values()));
        assertThat(constants("PaymentRequest", "cvvResult")).isEqualTo(namesOf(CvvResult.values()));
        assertThat(constants("ItemRequest", "billType")).isEqualTo(namesOf(BillType.values()));
        assertThat(constants("NotAccepted", "error"))
                .containsExactlyInAnyOrderElementsOf(Stream.of(Outcome.values())
                        .filter(outcome -> outcome.status() != 202)
                        .map(Enum::name)
                        .toList());
    }

    @Test
    void shouldNameTheStatusOfEveryOutcomeOfASingleEvent() {
        Set<String> documented = names(document.at("/paths/~1v1~1payments/post/responses"));
        Set<String> possible = Stream.of(Outcome.values())
                .filter(outcome -> outcome != Outcome.NOT_FOUND && outcome != Outcome.METHOD_NOT_ALLOWED)
                .map(outcome -> Integer.toString(outcome.status()))
                .collect(Collectors.toSet());

        assertThat(documented).isEqualTo(possible);
    }

    private static JsonNode schema(String name) {
        return document.path("components").path("schemas").path(name);
    }

    private static List<String> constants(String schema, String property) {
        List<String> constants = new ArrayList<>();
        schema(schema)
                .path("properties")
                .path(property)
                .path("enum")
                .forEach(constant -> constants.add(constant.asText()));
        return constants;
    }

    private static List<String> namesOf(Enum<?>[] constants) {
        return Stream.of(constants).map(Enum::name).toList();
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
