package io.tillstream.loadtests.demo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads every record of every topic as another program would: the schema by the id in the record from the registry, the value with
 * Avro's generic reader. Uses nothing of Tillstream's.
 */
final class EveryRecord {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int HEADER_BYTES = 5;
    private static final int REGISTRY_CACHE = 100;

    /** A record that this reader could not read, by position. */
    record Unreadable(String topic, int partition, long offset) {}

    private final SchemaRegistryClient registry;
    private final Map<Integer, GenericDatumReader<Object>> readers = new HashMap<>();

    /** Records read, by topic and schema. */
    final Map<String, Integer> counts = new TreeMap<>();

    /** Records whose value no schema reads. */
    final List<Unreadable> unreadable = new ArrayList<>();

    /** Positions that the records of payments.quarantine name. */
    final List<Unreadable> putAside = new ArrayList<>();

    /** What is wrong, in words. */
    final TreeSet<String> faults = new TreeSet<>();

    private EveryRecord(String registryUrl) {
        registry = new CachedSchemaRegistryClient(registryUrl, REGISTRY_CACHE);
    }

    /**
     * Reads all, committed or not.
     *
     * @param catalogue topics whose values must be Avro; of the others only the bytes are searched
     */
    static EveryRecord of(Map<String, Object> kafka, String registryUrl, Collection<String> catalogue)
            throws Exception {
        EveryRecord read = new EveryRecord(registryUrl);
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        try (Admin admin = Admin.create(kafka);
                KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings, bytes, bytes)) {
            List<TopicPartition> all = admin.listTopics().names().get().stream()
                    .flatMap(topic -> consumer.partitionsFor(topic).stream())
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(all);
            consumer.seekToBeginning(all);
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            while (all.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                for (ConsumerRecord<byte[], byte[]> found : consumer.poll(POLL)) {
                    read.take(found, catalogue.contains(found.topic()));
                }
            }
        }
        return read;
    }

    private void take(ConsumerRecord<byte[], byte[]> found, boolean isOfCatalogue) {
        String at = found.topic() + "-" + found.partition() + "@" + found.offset();
        search(found.key(), at + " key");
        search(found.value(), at + " value");
        for (Header header : found.headers()) {
            search(header.value(), at + " header " + header.key());
        }
        if (isOfCatalogue && !isTombstone(found)) {
            read(found, at);
        }
    }

    /** Of a compacted topic; elsewhere a null value is a record like any other, and unreadable. */
    private static boolean isTombstone(ConsumerRecord<byte[], byte[]> found) {
        return found.value() == null
                && (found.topic().equals("tenants") || found.topic().equals("controls"));
    }

    private void read(ConsumerRecord<byte[], byte[]> found, String at) {
        try {
            int id = schemaId(found.value());
            Object value = value(id, found.value());
            String name = readers.get(id).getSchema().getFullName();
            counts.merge(found.topic() + " " + name, 1, Integer::sum);
            if (idOf(found.topic() + "-" + name, readers.get(id).getSchema()) != id) {
                faults.add(at + " holds " + name + " by another id than the topic's");
            }
            searchFields(value, at);
            if (found.topic().equals("payments.quarantine") && value instanceof IndexedRecord record) {
                putAside.add(
                        new Unreadable(field(record, "topic").toString(), (Integer) field(record, "partition"), (Long)
                                field(record, "offset")));
            }
        } catch (IOException | AvroRuntimeException e) {
            unreadable.add(new Unreadable(found.topic(), found.partition(), found.offset()));
        }
    }

    /** Under which id the registry knows a schema for a subject; kept by the client. */
    private int idOf(String subject, Schema schema) throws IOException {
        try {
            return registry.getId(subject, new AvroSchema(schema));
        } catch (RestClientException e) {
            throw new IllegalStateException(subject + ": " + e.getMessage(), e);
        }
    }

    private static int schemaId(byte[] value) throws IOException {
        if (value == null || value.length < HEADER_BYTES || value[0] != 0) {
            throw new IOException("no magic byte and schema id");
        }
        return ByteBuffer.wrap(value).getInt(1);
    }

    private Object value(int id, byte[] bytes) throws IOException {
        GenericDatumReader<Object> reader = readers.get(id);
        if (reader == null) {
            reader = new GenericDatumReader<>(schema(id));
            readers.put(id, reader);
        }
        BinaryDecoder decoder =
                DecoderFactory.get().binaryDecoder(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES, null);
        Object value = reader.read(null, decoder);
        if (!decoder.isEnd()) {
            throw new IOException("bytes after the value");
        }
        return value;
    }

    private Schema schema(int id) throws IOException {
        try {
            return ((AvroSchema) registry.getSchemaById(id)).rawSchema();
        } catch (RestClientException e) {
            throw new IOException("no schema " + id, e);
        }
    }

    private static Object field(IndexedRecord record, String name) {
        return record.get(record.getSchema().getField(name).pos());
    }

    private void searchFields(Object value, String at) {
        if (value instanceof IndexedRecord record) {
            record.getSchema()
                    .getFields()
                    .forEach(field -> searchFields(record.get(field.pos()), at + " " + field.name()));
        } else if (value instanceof Collection<?> list) {
            list.forEach(element -> searchFields(element, at));
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, element) -> searchFields(key + " " + element, at));
        } else if (value instanceof GenericFixed fixed) {
            search(new String(fixed.bytes(), ISO_8859_1), at);
        } else if (value instanceof ByteBuffer buffer) {
            search(ISO_8859_1.decode(buffer.duplicate()), at);
        } else {
            search(String.valueOf(value), at);
        }
    }

    private void search(byte[] bytes, String at) {
        if (bytes != null) {
            search(new String(bytes, ISO_8859_1), at);
        }
    }

    private void search(CharSequence text, String at) {
        Forbidden.in(text).ifPresent(what -> faults.add(at + " holds " + what));
    }
}
