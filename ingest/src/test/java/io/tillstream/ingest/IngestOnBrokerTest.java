package io.tillstream.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.ConfigFactory;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.tillstream.ingest.auth.ApiKeys;
import io.tillstream.ingest.auth.ControlKeys;
import io.tillstream.ingest.auth.RequestSignature;
import io.tillstream.ingest.cardguard.GeneratedCards;
import io.tillstream.ingest.intake.Bodies;
import io.tillstream.ingest.tenants.Cities;
import io.tillstream.runtime.Settings;
import io.tillstream.schemas.AvroCodec;
import io.tillstream.schemas.Channel;
import io.tillstream.schemas.Credential;
import io.tillstream.schemas.CredentialKind;
import io.tillstream.schemas.Ids;
import io.tillstream.schemas.PaymentEvent;
import io.tillstream.schemas.PaymentIds;
import io.tillstream.schemas.PaymentKeys;
import io.tillstream.schemas.Quarantined;
import io.tillstream.schemas.Registries;
import io.tillstream.schemas.SchemaRegistration;
import io.tillstream.schemas.Suspension;
import io.tillstream.schemas.Tenant;
import io.tillstream.schemas.TopicPlan;
import io.tillstream.schemas.Topics;
import io.tillstream.testcluster.CommittedRecords;
import io.tillstream.testcluster.Need;
import io.tillstream.testcluster.TestCluster;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole of ingest on a real broker and registry. */
@Tag("cluster")
class IngestOnBrokerTest {
    private static final int PARTITIONS = 4;
    private static final byte[] SIGNING_SECRET = "signing-secret".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private static Path directory;

    private static TestCluster cluster;
    private static SchemaRegistryClient registry;
    private static Ingest ingest;
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @BeforeAll
    static void start() throws Exception {
        cluster = TestCluster.start(directory.resolve("cluster"), Need.BROKER, Need.REGISTRY);
        registry = Registries.connect(cluster.registryUrl());
        SchemaRegistration.apply(registry);
        try (Admin admin = Admin.create(client())) {
            TopicPlan.of(admin, PARTITIONS, 1).apply(admin);
        }
        writeTenantInTransaction(ControlKeys.create(keysetFile()));
        ingest = Ingest.start(settings());
        awaitReady(ingest);
    }

    @AfterAll
    static void stop() {
        if (ingest != null) {
            ingest.close();
        }
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void shouldHaveEventInItsPartitionWhenItAnswers202() throws Exception {
        for (int i = 0; i < 20; i++) {
            String key = "place-" + i;
            assertThat(pay(ingest, key, Bodies.CAPTURE).statusCode()).isEqualTo(202);

            UUID id = PaymentIds.eventId("springfield", Channel.WEB, key);
            List<ConsumerRecord<byte[], byte[]>> found = recordsOf(id);
            assertThat(found).hasSize(1);
            ConsumerRecord<byte[], byte[]> record = found.get(0);
            assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo("springfield:" + id);
            assertThat(record.partition()).isEqualTo(PaymentKeys.partition(record.key(), PARTITIONS));
            PaymentEvent event = events().decode(record.value());
            assertThat(Ids.toUuid(event.getEventId())).isEqualTo(id);
            assertThat(event.getSource().getIpHash()).matches("[0-9a-f]{32}");
        }
    }

    @Test
    void shouldTakeBatchAndSignedRequest() throws Exception {
        StringBuilder batch = new StringBuilder();
        for (int i = 0; i < 500; i++) {
            batch.append(Bodies.line("batch-" + i, Bodies.CAPTURE)).append('\n');
        }
        HttpResponse<String> answer = send(request(ingest, "/v1/payments:batch")
                .header("Content-Type", "application/x-ndjson")
                .POST(HttpRequest.BodyPublishers.ofString(batch.toString())));
        assertThat(answer.body().split("\n")).hasSize(500).allMatch(line -> line.contains("\"status\":202"));
        assertThat(recordsOf(PaymentIds.eventId("springfield", Channel.WEB, "batch-499")))
                .hasSize(1);

        String signature = RequestSignature.header(
                "springfield",
                "signing",
                SIGNING_SECRET,
                "POST",
                "/v1/payments",
                Instant.now().getEpochSecond(),
                "signed-1",
                Bodies.SHORT.getBytes(StandardCharsets.UTF_8));
        HttpResponse<String> signed =
                send(payment(ingest, "signed-1", Bodies.SHORT).setHeader("Authorization", signature));
        assertThat(signed.statusCode()).isEqualTo(202);
    }

    @Test
    void shouldGiveTheSameIdsOnEveryInstance() throws Exception {
        try (Ingest other = Ingest.start(settings())) {
            awaitReady(other);

            HttpResponse<String> first = pay(ingest, "instances-1", Bodies.CAPTURE);
            assertThat(pay(other, "instances-1", Bodies.CAPTURE).body()).isEqualTo(first.body());
        }
    }

    @Test
    void shouldSuspendAndResumeWithinTwoSeconds() throws Exception {
        suspend("PHONE", "CARD", true);
        Duration atMost = Duration.ofSeconds(2);
        await().atMost(atMost).until(() -> payAt("phone", "suspended").statusCode() == 503);
        assertThat(payAt("phone", "suspended").body()).contains("SUSPENDED").contains("skimming found");
        assertThat(payAt("counter", "not-suspended").statusCode()).isEqualTo(202);

        suspend("PHONE", "CARD", false);
        await().atMost(atMost).until(() -> payAt("phone", "resumed").statusCode() == 202);
    }

    @Test
    void shouldNotHeedASuspensionWhoseTransactionWasAborted() throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = transactionalProducer()) {
            producer.beginTransaction();
            producer.send(suspension("MAIL", "", true)).get();
            producer.abortTransaction();
        }
        suspend("MAIL", "ECHECK", true);
        String eCheck = Bodies.with(Bodies.SHORT, "/tender", "\"ECHECK\"");
        await().until(() -> payAt("mail", "aborted-1", eCheck).statusCode() == 503);

        assertThat(payAt("mail", "aborted-2", Bodies.SHORT).statusCode()).isEqualTo(202);
    }

    @Test
    void shouldQuarantineCardNumberWithoutIt() throws Exception {
        String number = GeneratedCards.wellKnown();
        String body = Bodies.with(Bodies.SHORT, "/clientReference", "\"" + number + "\"");
        assertThat(pay(ingest, "card-1", body).statusCode()).isEqualTo(422);

        AvroCodec<Quarantined> codec = AvroCodec.of(Topics.QUARANTINE, Quarantined.class, registry);
        await().untilAsserted(() -> assertThat(records(Topics.QUARANTINE))
                .anySatisfy(record -> assertThat(codec.decode(record.value()).getDetail())
                        .isEqualTo("card number in clientReference")));
        for (Topics topic : List.of(Topics.EVENTS, Topics.QUARANTINE)) {
            assertThat(records(topic))
                    .noneMatch(record -> new String(record.value(), StandardCharsets.ISO_8859_1).contains(number));
        }
    }

    @Test
    void shouldAnswer503InBoundedTimeWhileTheBrokerIsAwayAndGoOnAfter() throws Exception {
        cluster.stopBroker();
        Instant asked = Instant.now();
        HttpResponse<String> answer = pay(ingest, "away-1", Bodies.SHORT);
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("BROKER_UNAVAILABLE");
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(5));
        await().atMost(Duration.ofSeconds(15)).until(() -> status(ingest, "/health/ready") == 503);
        assertThat(status(ingest, "/health/live")).isEqualTo(200);

        cluster.startBroker();

        awaitReady(ingest);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> pay(ingest, "away-1", Bodies.SHORT).statusCode() == 202);
        assertThat(recordsOf(PaymentIds.eventId("springfield", Channel.WEB, "away-1")))
                .isNotEmpty();
        suspend("KIOSK", "", true);
        await().atMost(Duration.ofSeconds(10))
                .until(() -> payAt("kiosk", "after").statusCode() == 503);
    }

    private static HttpResponse<String> payAt(String channel, String key) throws IOException, InterruptedException {
        return payAt(channel, key, Bodies.SHORT);
    }

    private static HttpResponse<String> payAt(String channel, String key, String body)
            throws IOException, InterruptedException {
        return send(payment(ingest, key, body)
                .setHeader("Authorization", ApiKeys.bearer("springfield", channel + "-1", Cities.SECRET)));
    }

    private static HttpResponse<String> pay(Ingest at, String key, String body)
            throws IOException, InterruptedException {
        return send(payment(at, key, body));
    }

    private static HttpRequest.Builder payment(Ingest at, String key, String body) {
        return request(at, "/v1/payments")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private static HttpRequest.Builder request(Ingest at, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + at.port() + path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", ApiKeys.bearer("springfield", "web-1", Cities.SECRET));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static int status(Ingest at, String path) throws IOException, InterruptedException {
        return send(request(at, path).GET()).statusCode();
    }

    private static void awaitReady(Ingest at) {
        await().atMost(Duration.ofSeconds(30)).until(() -> status(at, "/health/ready") == 200);
    }

    private static AvroCodec<PaymentEvent> events() {
        return AvroCodec.of(Topics.EVENTS, PaymentEvent.class, registry);
    }

    private static List<ConsumerRecord<byte[], byte[]>> recordsOf(UUID paymentId) {
        byte[] key = PaymentKeys.key("springfield", paymentId);
        return records(Topics.EVENTS).stream()
                .filter(record -> Arrays.equals(record.key(), key))
                .toList();
    }

    /** Everything committed on a topic up to now. */
    private static List<ConsumerRecord<byte[], byte[]>> records(Topics topic) {
        return CommittedRecords.of(client(), topic.topicName());
    }

    private static void suspend(String channel, String tender, boolean isSuspended) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = producer(client())) {
            producer.send(suspension(channel, tender, isSuspended)).get();
        }
    }

    private static ProducerRecord<byte[], byte[]> suspension(String channel, String tender, boolean isSuspended) {
        AvroCodec<Suspension> codec = AvroCodec.of(Topics.CONTROLS, Suspension.class, registry);
        Suspension suspension =
                new Suspension("springfield", channel, tender, isSuspended, "skimming found", Instant.now());
        byte[] key = ("springfield|" + channel + "|" + tender).getBytes(StandardCharsets.UTF_8);
        return new ProducerRecord<>(Topics.CONTROLS.topicName(), key, codec.encode(suspension));
    }

    private static void writeTenantInTransaction(ControlKeys keys) throws Exception {
        Tenant tenant = Cities.springfield();
        List<Credential> credentials = new ArrayList<>(tenant.getCredentials());
        byte[] sealed = keys.seal(SIGNING_SECRET, "springfield", "signing");
        credentials.add(new Credential(
                "signing", Channel.WEB, CredentialKind.HMAC, "", ByteBuffer.wrap(sealed), Instant.EPOCH));
        tenant.setCredentials(credentials);
        AvroCodec<Tenant> codec = AvroCodec.of(Topics.TENANTS, Tenant.class, registry);
        try (KafkaProducer<byte[], byte[]> producer = transactionalProducer()) {
            producer.beginTransaction();
            byte[] key = "springfield".getBytes(StandardCharsets.UTF_8);
            producer.send(new ProducerRecord<>(Topics.TENANTS.topicName(), key, codec.encode(tenant)))
                    .get();
            producer.commitTransaction();
        }
    }

    private static KafkaProducer<byte[], byte[]> transactionalProducer() {
        Map<String, Object> transactional = new HashMap<>(client());
        transactional.put("transactional.id", "tenants");
        KafkaProducer<byte[], byte[]> producer = producer(transactional);
        producer.initTransactions();
        return producer;
    }

    private static KafkaProducer<byte[], byte[]> producer(Map<String, Object> settings) {
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static Map<String, Object> client() {
        return Map.of("bootstrap.servers", cluster.bootstrapServers());
    }

    private static Path keysetFile() {
        return directory.resolve("control.json");
    }

    private static IngestSettings settings() {
        return Settings.load(
                IngestSettings.class,
                ConfigFactory.parseMap(Map.of(
                        "kafka.bootstrap.servers",
                        cluster.bootstrapServers(),
                        "registry.url",
                        cluster.registryUrl(),
                        "http.port",
                        0,
                        "publish.delivery-max",
                        "2s",
                        "source-hash.key",
                        "0123456789abcdef0123456789abcdef",
                        "auth.control-keyset-file",
                        keysetFile().toString())));
    }
}
