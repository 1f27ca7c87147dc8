package io.tillstream.streams.posting;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tillstream.schemas.BusinessDayClose;
import io.tillstream.schemas.TenantTerms;
import io.tillstream.schemas.Topics;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.Test;

/** Everything that posting writes can be read with the registry and Avro alone, without a class of ours. */
final class GenericReaderTest {
    private final PostingCodecs codecs = PostingCodecs.of(TestCodecs.registry());
    private final Script script = new Script(new Partition());

    @Test
    void shouldBeReadWithTheRegistryAndAvroAlone() throws Exception {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, PostingTopology.APPLICATION_ID);
        var topology = PostingTopology.build(codecs.registry(), 1, 0, new SimpleMeterRegistry());
        try (TopologyTestDriver driver = new TopologyTestDriver(topology, properties)) {
            var input = driver.createInputTopic(
                    Topics.EVENTS.topicName(),
                    new ByteArraySerializer(),
                    new ByteArraySerializer(),
                    Instant.ofEpochMilli(Partition.TIMESTAMP_MS),
                    java.time.Duration.ZERO);
            inputs().forEach(input::pipeInput);
            assertThat(read(driver, Topics.JOURNAL))
                    .extracting(record -> record.get("kind").toString())
                    .containsExactly(
                            "TERMS_SET",
                            "PARKED",
                            "PARKED",
                            "RECORDED",
                            "RELEASED",
                            "RELEASE_REFUSED",
                            "RECORDED",
                            "DAY_CLOSED");
            assertThat(read(driver, Topics.REFUSED))
                    .extracting(record -> record.get("reason").toString())
                    .containsExactly("EXCEEDS_CAPTURED", "DUPLICATE", "CLOSE_OUT_OF_ORDER");
            assertThat(read(driver, Topics.QUARANTINE))
                    .extracting(record -> record.get("reason").toString())
                    .containsExactly("TOO_SHORT");
            assertThat(read(driver, Topics.PARTS))
                    .extracting(record -> record.get("batchId").toString())
                    .containsExactly("tulsa-20260105");
        }
    }

    private List<byte[]> inputs() {
        List<byte[]> inputs = new ArrayList<>();
        inputs.add(codecs.terms().encode(new TenantTerms("tulsa", "USD", Script.FIRST_DATE, 5, 2, 100_000L)));
        for (String line : List.of(
                "REFUNDED p 100",
                "REFUNDED p 9999",
                "CAPTURED p 1000 a=600 b=300 fee=50",
                "CAPTURED p 1000 a=600 b=300 fee=50",
                "DECLINED q 5")) {
            inputs.add(codecs.events().encode(script.event(line)));
        }
        inputs.add(new byte[3]);
        BusinessDayClose close =
                new BusinessDayClose("tulsa", Script.FIRST_DATE, Script.FIRST_DATE.plusDays(1), Instant.EPOCH);
        inputs.add(codecs.closes().encode(close));
        inputs.add(codecs.closes().encode(close));
        return inputs;
    }

    private List<GenericRecord> read(TopologyTestDriver driver, Topics topic) throws Exception {
        List<GenericRecord> records = new ArrayList<>();
        var output =
                driver.createOutputTopic(topic.topicName(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        for (byte[] value : output.readValuesToList()) {
            int id = ByteBuffer.wrap(value).getInt(1);
            Schema schema = ((AvroSchema) codecs.registry().getSchemaById(id)).rawSchema();
            assertThat(topic.schemas()).contains(schema);
            BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(value, 5, value.length - 5, null);
            records.add(new GenericDatumReader<GenericRecord>(schema, schema, new GenericData()).read(null, decoder));
            assertThat(decoder.isEnd()).isTrue();
        }
        return records;
    }
}
