package io.tillstream.ledgersink.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A schema registry over HTTP with what the codecs ask: the id of a schema, and the schema of an id. */
public final class RegistryServer implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final SchemaRegistryClient schemas;
    private final HttpServer server;

    private RegistryServer(SchemaRegistryClient schemas) throws IOException {
        this.schemas = schemas;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        server.createContext("/subjects/", this::idOf);
        server.createContext("/schemas/ids/", this::schemaOf);
        server.start();
    }

    public static RegistryServer start(SchemaRegistryClient schemas) {
        try {
            return new RegistryServer(schemas);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void idOf(HttpExchange exchange) throws IOException {
        String subject = exchange.getRequestURI().getPath().substring("/subjects/".length());
        JsonNode asked = JSON.readTree(exchange.getRequestBody());
        AvroSchema schema = new AvroSchema(asked.path("schema").asText());
        try {
            int id = schemas.getId(subject, schema);
            answer(
                    exchange,
                    200,
                    Map.of("subject", subject, "id", id, "version", 1, "schema", schema.canonicalString()));
        } catch (RestClientException e) {
            answer(exchange, 404, Map.of("error_code", 40403, "message", "Schema not found"));
        }
    }

    private void schemaOf(HttpExchange exchange) throws IOException {
        String id = exchange.getRequestURI().getPath().substring("/schemas/ids/".length());
        try {
            answer(
                    exchange,
                    200,
                    Map.of("schema", schemas.getSchemaById(Integer.parseInt(id)).canonicalString()));
        } catch (RestClientException e) {
            answer(exchange, 404, Map.of("error_code", 40403, "message", "Schema not found"));
        }
    }

    private static void answer(HttpExchange exchange, int status, Map<String, Object> body) throws IOException {
        byte[] json = JSON.writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/vnd.schemaregistry.v1+json");
        exchange.sendResponseHeaders(status, json.length);
        exchange.getResponseBody().write(json);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
