package io.tillstream.loadtests.bench.posting;

import io.tillstream.loadtests.bench.peer.PeerRules;
import io.tillstream.loadtests.bench.stage.BenchCluster;
import io.tillstream.loadtests.workload.Workload;
import io.tillstream.loadtests.workload.WorkloadShape;
import io.tillstream.schemas.AvroCodec;
import io.tillstream.schemas.EntryKind;
import io.tillstream.schemas.Hash;
import io.tillstream.schemas.JournalEntry;
import io.tillstream.schemas.PaymentEvent;
import io.tillstream.schemas.PaymentEventType;
import io.tillstream.schemas.PaymentKeys;
import io.tillstream.schemas.Posting;
import io.tillstream.schemas.Refusal;
import io.tillstream.schemas.TenantTerms;
import io.tillstream.schemas.Tender;
import io.tillstream.schemas.Topics;
import io.tillstream.schemas.WireFormat;
import io.tillstream.schemas.hot.EntryWriter;
import io.tillstream.schemas.hot.EventView;
import io.tillstream.schemas.hot.HashChain;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes a valid journal of captures, sequence and hash chain included, faster than posting would: the state of a city system that
 * has run for long. Entries are those of a workload's captures with fresh ids.
 */
public final class JournalFiller {
    private static final int TEMPLATES = 4096;
    private static final int WRITERS = 2;
    private static final byte[] NONE = new byte[0];

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Template(PaymentEvent event, byte[] value, List<Posting> postings, byte[] through) {}

    private final BenchCluster cluster;
    private final int partitions;
    private final AvroCodec<JournalEntry> journal;
    private final List<TenantTerms> terms;
    private final List<Template> templates = new ArrayList<>();
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    /** For the benchmarks' usual number of partitions. */
    public JournalFiller(BenchCluster cluster, WorkloadShape shape, long seed) {
        this(cluster, shape, seed, Place.PARTITIONS);
    }

    /** @param partitions of the journal */
    JournalFiller(BenchCluster cluster, WorkloadShape shape, long seed, int partitions) {
        this.cluster = cluster;
        this.partitions = partitions;
        journal = AvroCodec.of(Topics.JOURNAL, JournalEntry.class, cluster.registry());
        AvroCodec<PaymentEvent> events = AvroCodec.of(Topics.EVENTS, PaymentEvent.class, cluster.registry());
        Workload workload = new Workload(seed, shape, events, Input.OPEN_DATE);
        terms = workload.terms();
        while (templates.size() < TEMPLATES) {
            byte[] value = workload.next().value();
            PaymentEvent event = events.decode(value);
            if (event.getType() == PaymentEventType.CAPTURED) {
                PeerRules.Posted posted = PeerRules.post(event, null);
                byte[] through = posted.state().through().getBytes(StandardCharsets.UTF_8);
                templates.add(new Template(event, value, posted.postings(), through));
            }
        }
    }

    /** Writes so many captures to the empty journal, spread over its partitions. */
    public void fill(long payments) {
        ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
        try {
            List<Future<?>> parts = new ArrayList<>();
            for (int partition = 0; partition < partitions; partition++) {
                int own = partition;
                long count = payments / partitions + (partition < payments % partitions ? 1 : 0);
                parts.add(writers.submit(() -> fill(own, count)));
            }
            for (Future<?> part : parts) {
                part.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("The journal could not be filled", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the journal was filled", e);
        } finally {
            writers.shutdownNow();
        }
        if (failure.get() != null) {
            throw new IllegalStateException("The journal could not be filled", failure.get());
        }
    }

    private void fill(int partition, long count) {
        Map<String, Object> settings = new HashMap<>(cluster.kafka());
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 50);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 64L << 20);
        ByteArraySerializer bytes = new ByteArraySerializer();
        HashChain chain = new HashChain();
        SplittableRandom random = new SplittableRandom(partition);
        EntryWriter writer = new EntryWriter();
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(settings, bytes, bytes)) {
            long sequence = 0;
            for (TenantTerms each : terms) {
                byte[] value = journal.encode(terms(sequence++, partition, each));
                chain.seal(value);
                send(producer, partition, "mark".getBytes(StandardCharsets.US_ASCII), value);
            }
            for (long i = 0; i < count; i++) {
                Template template = templates.get((int) (i % TEMPLATES));
                UUID id = new UUID(random.nextLong(), random.nextLong());
                byte[] value = entry(writer, sequence++, partition, template, id);
                chain.seal(value);
                send(producer, partition, PaymentKeys.key(template.event().getTenant(), id), value);
            }
            producer.flush();
        }
    }

    private byte[] entry(EntryWriter writer, long sequence, int partition, Template template, UUID id) {
        PaymentEvent event = template.event();
        byte[] value = template.value().clone();
        ByteBuffer.wrap(value, WireFormat.HEADER_BYTES, 32)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits());
        long at = event.getReceivedAt().toEpochMilli();
        int date = Math.toIntExact(Input.OPEN_DATE.toEpochDay());
        writer.begin(journal.schemaId(), sequence, EntryKind.RECORDED, partition, date, at, sequence, -1, Refusal.NONE);
        writer.owner(
                event.getTender(),
                event.getCurrency().getBytes(StandardCharsets.UTF_8),
                event.getTenant().getBytes(StandardCharsets.UTF_8));
        writer.through(template.through(), NONE, 0, 0);
        writer.postings(template.postings().size());
        for (Posting posting : template.postings()) {
            writer.posting(posting.getAmount(), posting.getAccount().getBytes(StandardCharsets.UTF_8), NONE, 0, 0);
        }
        writer.postingsEnd();
        EventView walked = new EventView();
        walked.wrap(value, WireFormat.HEADER_BYTES, value.length);
        return writer.end(walked).bytes();
    }

    private static JournalEntry terms(long sequence, int partition, TenantTerms terms) {
        return new JournalEntry(
                sequence,
                EntryKind.TERMS_SET,
                partition,
                terms.getOpenDate(),
                Instant.EPOCH,
                sequence,
                -1L,
                Refusal.NONE,
                Tender.CARD,
                terms.getCurrency(),
                terms.getTenant(),
                "",
                List.of(),
                null,
                terms,
                null,
                new Hash(new byte[EntryWriter.HASH_BYTES]));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback tells what the future would
    private void send(KafkaProducer<byte[], byte[]> producer, int partition, byte[] key, byte[] value) {
        producer.send(new ProducerRecord<>(Topics.JOURNAL.topicName(), partition, key, value), (metadata, e) -> {
            if (e != null) {
                failure.compareAndSet(null, e);
            }
        });
    }
}
