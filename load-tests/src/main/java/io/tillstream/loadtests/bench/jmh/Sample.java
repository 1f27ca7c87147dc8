package io.tillstream.loadtests.bench.jmh;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.tillstream.loadtests.workload.Workload;
import io.tillstream.loadtests.workload.WorkloadShape;
import io.tillstream.schemas.AvroCodec;
import io.tillstream.schemas.PaymentEvent;
import io.tillstream.schemas.SchemaRegistration;
import io.tillstream.schemas.TenantTerms;
import io.tillstream.schemas.Topics;
import io.tillstream.schemas.WireFormat;
import io.tillstream.schemas.hot.EntryWriter;
import io.tillstream.streams.posting.PostingCore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Events of the usual workload with the entries that posting makes of them, without any server. */
public final class Sample {
    private static final long SEED = 1;
    private static final int BEFORE = 20_000;
    private static final long FIRST_OFFSET = 5_000_000;
    private static final int MARK_BYTES = 2; // no terms, no close
    private static final LocalDate OPEN_DATE = LocalDate.of(2026, 11, 20);

    private final SchemaRegistryClient registry = registry();
    private final AvroCodec<PaymentEvent> events = AvroCodec.of(Topics.EVENTS, PaymentEvent.class, registry);
    private final Workload workload = new Workload(SEED, WorkloadShape.USUAL, events, OPEN_DATE);

    private static SchemaRegistryClient registry() {
        MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
        try {
            SchemaRegistration.apply(registry);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return registry;
    }

    /** A registry in memory that knows every schema. */
    public SchemaRegistryClient schemas() {
        return registry;
    }

    /** The product's codec for events. */
    public AvroCodec<PaymentEvent> events() {
        return events;
    }

    /** A core of the only partition that knows the cities; its entries are given to {@code entries}. */
    public PostingCore core(java.util.function.Consumer<byte[]> entries) {
        PostingCore core = new PostingCore(registry, 0, 1, entries);
        AvroCodec<TenantTerms> terms = AvroCodec.of(Topics.EVENTS, TenantTerms.class, registry);
        workload.terms().forEach(each -> core.post(terms.encode(each), 0, now()));
        return core;
    }

    /** The workload's next values. */
    public byte[][] values(int count) {
        byte[][] values = new byte[count][];
        for (int i = 0; i < count; i++) {
            values[i] = workload.next().value();
        }
        return values;
    }

    /** A record timestamp that suits the events. */
    public static long now() {
        return OPEN_DATE.plusDays(1).toEpochDay() * 86_400_000L;
    }

    /**
     * What entries hold besides their event and hash, without the wire format's header: the last {@code count} of some more, so that
     * cities and accounts have occurred and numbers are as long as those of a journal that is in use.
     */
    public static List<byte[]> entryHeads(int count) {
        Sample sample = new Sample();
        List<byte[]> entries = new ArrayList<>();
        PostingCore core = sample.core(entries::add);
        List<byte[]> heads = new ArrayList<>();
        long offset = FIRST_OFFSET;
        for (byte[] value : sample.values(BEFORE + count)) {
            entries.clear();
            core.post(value, offset++, now());
            if (entries.size() == 1) { // none is a refused event's, two are those of a payment with a parked event
                heads.add(head(entries.get(0), value));
            }
        }
        return heads.subList(heads.size() - count, heads.size());
    }

    private static byte[] head(byte[] entry, byte[] value) {
        int eventBytes = value.length - WireFormat.HEADER_BYTES;
        int eventAt = entry.length - EntryWriter.HASH_BYTES - MARK_BYTES - eventBytes;
        byte[] head = Arrays.copyOfRange(entry, WireFormat.HEADER_BYTES, eventAt);
        return Arrays.copyOf(head, head.length + MARK_BYTES); // each is a zero
    }
}
