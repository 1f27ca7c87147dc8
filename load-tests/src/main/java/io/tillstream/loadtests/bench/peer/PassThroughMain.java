package io.tillstream.loadtests.bench.peer;

import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.Topology;

/** What Kafka Streams itself costs: a source and a sink, exactly-once, with as many bytes as posting writes. */
public final class PassThroughMain {
    private PassThroughMain() {}

    /** @param arguments the settings' file */
    public static void main(String[] arguments) {
        PeerSettings settings = PeerSettings.load(arguments);
        ThreadLocal<Padding> padding = ThreadLocal.withInitial(() -> Padding.load(settings.padding()));
        Deserializer<byte[]> in = Serdes.ByteArray().deserializer();
        Serializer<byte[]> keyOut = Serdes.ByteArray().serializer();
        Serializer<byte[]> padded = (topic, value) -> padding.get().append(value);
        Topology topology = new Topology()
                .addSource("in", in, in, settings.input())
                .addSink("out", settings.output(), keyOut, padded, "in");
        PeerStreams.run(topology, PeerStreams.tuned(settings));
    }
}
