package io.tillstream.flinkpeer;

import io.tillstream.loadtests.bench.peer.PeerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeHint;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.TransactionNamingStrategy;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The job. A checkpoint of an earlier attempt in the same directory is continued. */
public final class FlinkMain {
    /** Key and value of a record, as bytes: decoded after the shuffle, which then carries no objects. */
    static final TypeInformation<Tuple2<byte[], byte[]>> BYTES = TypeInformation.of(new TypeHint<>() {});

    private static final TypeInformation<Tuple2<Long, Long>> PAYMENT_ID = TypeInformation.of(new TypeHint<>() {});
    private static final String ROCKSDB = "rocksdb";
    private static final int TRANSACTION_TIMEOUT_MS = 600_000;

    private FlinkMain() {}

    /** @param arguments the settings' file; its option is the state backend */
    public static void main(String[] arguments) throws Exception {
        PeerSettings settings = PeerSettings.load(arguments);
        StreamExecutionEnvironment job =
                StreamExecutionEnvironment.createLocalEnvironment(settings.threads(), configuration(settings));
        DataStream<Tuple2<byte[], byte[]>> events =
                job.fromSource(source(settings), WatermarkStrategy.noWatermarks(), "payments.events", BYTES);
        keyed(events, settings)
                .process(new PostPerPayment(settings.registryUrl()), BYTES)
                .name("posting")
                .sinkTo(sink(settings));
        job.execute("posting");
    }

    /** With one slot all keys are where their events are read, and no shuffle is needed. */
    private static KeyedStream<Tuple2<byte[], byte[]>, Tuple2<Long, Long>> keyed(
            DataStream<Tuple2<byte[], byte[]>> events, PeerSettings settings) {
        return settings.threads() == 1
                ? DataStreamUtils.reinterpretAsKeyedStream(events, FlinkMain::paymentId, PAYMENT_ID)
                : events.keyBy(FlinkMain::paymentId, PAYMENT_ID);
    }

    /** The payment's id stands at a fixed place behind the header and the event's id. Cities never share one here. */
    private static Tuple2<Long, Long> paymentId(Tuple2<byte[], byte[]> event) {
        java.nio.ByteBuffer value = java.nio.ByteBuffer.wrap(event.f1);
        return Tuple2.of(value.getLong(21), value.getLong(29));
    }

    private static Configuration configuration(PeerSettings settings) throws IOException {
        Path checkpoints = Files.createDirectories(settings.directory().resolve("checkpoints"));
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.OBJECT_REUSE, true);
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "disable");
        configuration.set(StateBackendOptions.STATE_BACKEND, settings.option());
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(settings.commitIntervalMs()));
        configuration.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
        configuration.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        configuration.set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, Duration.ofMinutes(5));
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(64));
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(64));
        if (settings.option().equals(ROCKSDB)) {
            configuration.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
            configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(1024));
            configuration.setString("state.backend.rocksdb.use-bloom-filter", "true");
            configuration.setString(
                    "state.backend.rocksdb.localdir",
                    settings.directory().resolve("rocksdb").toString());
        }
        Optional<String> latest = latestCheckpoint(checkpoints);
        latest.ifPresent(path -> configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, path));
        return configuration;
    }

    /** The newest complete one, if a killed attempt has left any. */
    private static Optional<String> latestCheckpoint(Path checkpoints) throws IOException {
        try (var files = Files.walk(checkpoints, 3)) {
            return files.filter(file -> file.getFileName().toString().equals("_metadata"))
                    .max(Comparator.comparingLong(file -> file.toFile().lastModified()))
                    .map(file -> file.getParent().toUri().toString());
        }
    }

    private static KafkaSource<Tuple2<byte[], byte[]>> source(PeerSettings settings) {
        return KafkaSource.<Tuple2<byte[], byte[]>>builder()
                .setBootstrapServers(settings.bootstrapServers())
                .setTopics(settings.input())
                .setGroupId(settings.id())
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setDeserializer(new EventBytes(settings.registryUrl()))
                .setProperty("isolation.level", "read_committed")
                .setProperty("max.poll.records", "4000")
                .setProperty("commit.offsets.on.checkpoint", "false")
                .build();
    }

    private static KafkaSink<Tuple2<byte[], byte[]>> sink(PeerSettings settings) {
        Properties producer = new Properties();
        producer.setProperty("compression.type", "lz4");
        producer.setProperty("batch.size", Integer.toString(256 * 1024));
        producer.setProperty("linger.ms", "100");
        producer.setProperty("transaction.timeout.ms", Integer.toString(TRANSACTION_TIMEOUT_MS));
        return KafkaSink.<Tuple2<byte[], byte[]>>builder()
                .setBootstrapServers(settings.bootstrapServers())
                .setKafkaProducerConfig(producer)
                .setRecordSerializer(new EntryBytes(settings.output()))
                .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                .setTransactionalIdPrefix(settings.id())
                .setTransactionNamingStrategy(TransactionNamingStrategy.POOLING)
                .build();
    }
}
