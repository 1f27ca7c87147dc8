package io.tillstream.streams.posting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.tillstream.schemas.JournalEntry;
import io.tillstream.schemas.Topics;
import io.tillstream.schemas.UnreadableRecordException;
import io.tillstream.schemas.WireFormat;
import io.tillstream.schemas.hot.HashChain;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.BatchingStateRestoreCallback;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.TaskId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store as Kafka Streams uses it: restored in batches, closed and used again. */
final class JournalStoreTest {
    private final Partition partition = new Partition();
    private final PostingCodecs codecs = partition.codecs;
    private final JournalStore store = new JournalStore.Builder(codecs.journal(), 0).build();
    private BatchingStateRestoreCallback restore;

    JournalStoreTest() {
        Script.inTulsa(partition).run("CAPTURED p 1000 a=1000; REFUNDED p 100; close; CAPTURED q 10; REFUNDED x 1");
    }

    @Test
    void shouldRestoreInBatches() {
        open();
        restore.restoreAll(records(partition.out.journal.subList(0, 3)));
        restore.restoreAll(List.of());
        restore.restoreAll(records(partition.out.journal.subList(3, 6)));
        assertThat(store.ledger().nextSequence()).isEqualTo(6);
        assertThat(store.ledger().chain().head())
                .isEqualTo(partition.ledger().chain().head());
        assertThat(store.ledger().parked().size()).isEqualTo(1);
    }

    @Test
    void shouldForgetEverythingWhenItIsClosed() {
        open();
        restore.restoreAll(records(partition.out.journal));
        assertThat(store.isOpen()).isTrue();
        store.close();
        assertThat(store.isOpen()).isFalse();
        assertThat(store.ledger()).isNull();
        open();
        assertThat(store.ledger().nextSequence()).isZero();
        restore.restoreAll(records(partition.out.journal));
        assertThat(store.ledger().nextSequence()).isEqualTo(6);
    }

    /** Streams uses the object again when it revives a task; rows in files are of the run that wrote them. */
    @Test
    void shouldForgetItsFilesWhenItIsClosed(@TempDir Path directory) throws Exception {
        JournalStore limited = new JournalStore.Builder(codecs.journal(), 1).build();
        Path application = directory.resolve("ledger");
        open(limited, application.resolve("0_1"));
        restore.restoreAll(records(partition.out.journal));
        assertThat(limited.ledger().payments().coldRows()).isPositive();
        assertThat(application.toFile().list()).hasSize(1);
        limited.close();
        assertThat(application).isEmptyDirectory();
        open(limited, application.resolve("0_1"));
        assertThat(limited.ledger().payments().coldRows()).isZero();
        restore.restoreAll(records(partition.out.journal));
        assertThat(limited.ledger().balancesOf(limited.ledger().tenants().get(0)))
                .isEqualTo(partition
                        .ledger()
                        .balancesOf(partition.ledger().tenants().get(0)));
        limited.close();
    }

    @Test
    void shouldStopAtAnEntryThatDoesNotFollow() {
        open();
        restore.restoreAll(records(partition.out.journal.subList(0, 2)));
        assertThatThrownBy(() -> restore.restoreAll(records(partition.out.journal.subList(3, 4))))
                .isInstanceOf(BrokenInvariantException.class)
                .hasMessageContaining("expected sequence 2, found sequence 3");
    }

    @Test
    void shouldStopAtATombstone() {
        open();
        List<KeyValue<byte[], byte[]>> tombstone = List.of(KeyValue.pair(null, null));
        assertThatThrownBy(() -> restore.restoreAll(tombstone)).isInstanceOf(UnreadableRecordException.class);
    }

    /** Hashes are over the bytes as they were written, whatever version of the schema that was. */
    @Test
    void shouldRestoreEntriesOfAnotherSchemaVersion() throws Exception {
        List<byte[]> journal = new ArrayList<>();
        HashChain chain = new HashChain();
        for (byte[] value : partition.out.journal) {
            byte[] other = inAnotherVersion(value);
            chain.seal(other);
            journal.add(other);
        }
        open();
        restore.restoreAll(records(journal));
        assertThat(store.ledger().nextSequence()).isEqualTo(6);
        assertThat(store.ledger().chain().head()).isEqualTo(chain.head());
        assertThat(store.ledger().balancesOf(store.ledger().tenants().get(0)))
                .isEqualTo(partition
                        .ledger()
                        .balancesOf(partition.ledger().tenants().get(0)));
    }

    @Test
    void shouldNotBeBuiltWithoutItsChangelog() {
        JournalStore.Builder builder = new JournalStore.Builder(codecs.journal(), 0);
        assertThat(builder.loggingEnabled()).isTrue();
        assertThatThrownBy(builder::withLoggingDisabled).isInstanceOf(UnsupportedOperationException.class);
        assertThat(builder.logConfig())
                .containsEntry("cleanup.policy", "delete")
                .containsEntry("retention.ms", "-1");
    }

    /** With one field more, at the beginning. */
    private byte[] inAnotherVersion(byte[] value) throws Exception {
        List<Schema.Field> fields = new ArrayList<>();
        fields.add(new Schema.Field("note", Schema.create(Schema.Type.STRING), "Of another version", ""));
        JournalEntry.SCHEMA$.getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
        Schema schema = Schema.createRecord("JournalEntry", null, "io.tillstream.schemas", false, fields);
        int id = codecs.registry().register(Topics.JOURNAL.subject(JournalEntry.SCHEMA$), new AvroSchema(schema));
        GenericRecord same = new GenericDatumReader<GenericRecord>(
                        JournalEntry.SCHEMA$, JournalEntry.SCHEMA$, new GenericData())
                .read(null, DecoderFactory.get().binaryDecoder(value, 5, value.length - 5, null));
        GenericRecord other = new GenericData.Record(schema);
        other.put("note", "n");
        JournalEntry.SCHEMA$.getFields().forEach(field -> other.put(field.name(), same.get(field.name())));
        return encode(id, schema, other);
    }

    private static byte[] encode(int id, Schema schema, GenericRecord record) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] header = new byte[WireFormat.HEADER_BYTES];
        WireFormat.writeHeader(header, id);
        out.write(header);
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(schema, new GenericData()).write(record, encoder);
        return out.toByteArray();
    }

    private void open() {
        open(store, Path.of("unused"));
    }

    private void open(JournalStore opened, Path stateDirectory) {
        StateStoreContext context = (StateStoreContext) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {StateStoreContext.class}, (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "register" -> restore = (BatchingStateRestoreCallback) arguments[1];
                        case "stateDir" -> {
                            return stateDirectory.toFile();
                        }
                        case "taskId" -> {
                            return new TaskId(0, 1);
                        }
                        case "appConfigs" -> {
                            return Map.of();
                        }
                        default -> throw new UnsupportedOperationException(method.getName());
                    }
                    return null;
                });
        opened.init(context, opened);
    }

    private static List<KeyValue<byte[], byte[]>> records(List<byte[]> journal) {
        return journal.stream().map(value -> KeyValue.pair(new byte[0], value)).toList();
    }
}
