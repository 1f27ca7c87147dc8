package io.tillstream.flinkpeer;

import io.tillstream.loadtests.bench.peer.PaymentState;
import io.tillstream.loadtests.bench.peer.PeerAvro;
import io.tillstream.loadtests.bench.peer.PeerRules;
import io.tillstream.schemas.Ids;
import io.tillstream.schemas.JournalEntry;
import io.tillstream.schemas.PaymentEvent;
import io.tillstream.schemas.Topics;
import java.io.IOException;
import java.util.UUID;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * One row per payment holds the ids of its events, its amounts and lines: one read and one write for each event. No time to live,
 * which would only cost this peer.
 */
final class PostPerPayment
        extends KeyedProcessFunction<Tuple2<Long, Long>, Tuple2<byte[], byte[]>, Tuple2<byte[], byte[]>> {
    private static final long serialVersionUID = 1;

    private final String registryUrl;
    private transient PeerAvro<PaymentEvent> events;
    private transient PeerAvro<JournalEntry> entries;
    private transient ValueState<byte[]> payment;

    PostPerPayment(String registryUrl) {
        this.registryUrl = registryUrl;
    }

    @Override
    public void open(OpenContext context) {
        events = new PeerAvro<>(registryUrl, Topics.EVENTS, PaymentEvent.class, true);
        entries = new PeerAvro<>(registryUrl, Topics.JOURNAL, JournalEntry.class, true);
        payment = getRuntimeContext()
                .getState(new ValueStateDescriptor<>("payment", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    }

    @Override
    public void processElement(Tuple2<byte[], byte[]> input, Context context, Collector<Tuple2<byte[], byte[]>> out)
            throws IOException {
        PaymentEvent event = events.decode(input.f1);
        UUID id = Ids.toUuid(event.getEventId());
        byte[] kept = payment.value();
        PaymentState before = kept == null ? null : PaymentState.of(kept);
        if (before != null && before.events().contains(id)) {
            return;
        }
        PeerRules.Posted posted = PeerRules.post(event, before);
        if (posted == null) {
            return;
        }
        payment.update(posted.state().with(id).toBytes());
        Long timestamp = context.timestamp();
        JournalEntry entry = PeerRules.entry(event, posted, 0, 0, timestamp == null ? 0 : timestamp);
        out.collect(Tuple2.of(input.f0, entries.encode(entry)));
    }
}
