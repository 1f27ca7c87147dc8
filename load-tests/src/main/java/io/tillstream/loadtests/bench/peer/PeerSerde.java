package io.tillstream.loadtests.bench.peer;

import io.tillstream.schemas.Topics;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** {@link PeerAvro} as a serde, one per stream thread. */
final class PeerSerde {
    private PeerSerde() {}

    /** Values of other types are read as null. */
    static <T extends SpecificRecord> Serde<T> of(PeerSettings settings, Topics topic, Class<T> type, boolean fast) {
        ThreadLocal<PeerAvro<T>> avro =
                ThreadLocal.withInitial(() -> new PeerAvro<>(settings.registryUrl(), topic, type, fast));
        return Serdes.serdeFrom(
                (name, record) -> record == null ? null : avro.get().encode(record),
                (name, value) ->
                        value != null && avro.get().isMine(value) ? avro.get().decode(value) : null);
    }
}
