package io.tillstream.streams.detection;

import io.tillstream.schemas.Channel;
import io.tillstream.schemas.DeclineClass;
import io.tillstream.schemas.PaymentEventType;
import io.tillstream.streams.detection.Bucket.Alert;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * Bytes of what stays inside this application: attempts on the repartition topic, buckets in the store. They begin with a
 * version; enums are written as their number in the schemas, which are append only. A new version reads the old one until
 * the lateness has passed.
 */
final class StateCodec {
    private static final byte VERSION = 1;
    private static final PaymentEventType[] TYPES = PaymentEventType.values();
    private static final Channel[] CHANNELS = Channel.values();
    private static final DeclineClass[] DECLINE_CLASSES = DeclineClass.values();

    private interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    private interface Reading<T> {
        T from(DataInputStream in) throws IOException;
    }

    private StateCodec() {}

    static Serde<Subject> subjects() {
        return Serdes.serdeFrom((topic, subject) -> subject.encode(), (topic, bytes) -> Subject.decode(bytes));
    }

    static Serde<Attempt> attempts() {
        return Serdes.serdeFrom((topic, attempt) -> encode(attempt), (topic, bytes) -> attempt(bytes));
    }

    static Serde<Bucket> buckets() {
        return Serdes.serdeFrom(
                (topic, bucket) -> bucket == null ? null : encode(bucket),
                (topic, bytes) -> bytes == null ? null : bucket(bytes));
    }

    static byte[] encode(Attempt attempt) {
        return bytes(out -> write(out, attempt));
    }

    static Attempt attempt(byte[] bytes) {
        return read(bytes, StateCodec::readAttempt);
    }

    static byte[] encode(Bucket bucket) {
        return bytes(out -> {
            out.writeLong(bucket.seen());
            out.writeShort(bucket.attempts().size());
            for (Attempt attempt : bucket.attempts()) {
                write(out, attempt);
            }
            out.writeShort(bucket.alerts().size());
            for (Alert alert : bucket.alerts()) {
                out.writeUTF(alert.rule());
                out.writeLong(alert.atMillis());
            }
        });
    }

    static Bucket bucket(byte[] bytes) {
        return read(bytes, in -> {
            long seen = in.readLong();
            int attemptCount = in.readUnsignedShort();
            List<Attempt> attempts = new ArrayList<>(attemptCount);
            for (int i = 0; i < attemptCount; i++) {
                attempts.add(readAttempt(in));
            }
            int alertCount = in.readUnsignedShort();
            List<Alert> alerts = new ArrayList<>(alertCount);
            for (int i = 0; i < alertCount; i++) {
                alerts.add(new Alert(in.readUTF(), in.readLong()));
            }
            return new Bucket(seen, attempts, alerts);
        });
    }

    private static void write(DataOutputStream out, Attempt attempt) throws IOException {
        out.writeLong(attempt.eventId().getMostSignificantBits());
        out.writeLong(attempt.eventId().getLeastSignificantBits());
        out.writeLong(attempt.payment());
        out.writeLong(attempt.card());
        out.writeLong(attempt.atMillis());
        out.writeLong(attempt.amount());
        out.writeUTF(attempt.currency());
        out.writeByte(number(attempt.type()));
        out.writeByte(number(attempt.channel()));
        out.writeByte(number(attempt.declineClass()));
    }

    private static Attempt readAttempt(DataInputStream in) throws IOException {
        return new Attempt(
                new UUID(in.readLong(), in.readLong()),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readUTF(),
                constant(TYPES, in),
                constant(CHANNELS, in),
                constant(DECLINE_CLASSES, in));
    }

    @SuppressWarnings("EnumOrdinal") // the schemas' order of symbols is part of the wire format
    private static int number(Enum<?> constant) {
        return constant.ordinal();
    }

    private static <E> E constant(E[] constants, DataInputStream in) throws IOException {
        int number = in.readUnsignedByte();
        if (number >= constants.length) {
            throw new IllegalStateException("Number " + number + " is no "
                    + constants.getClass().getComponentType().getSimpleName() + " of this version");
        }
        return constants[number];
    }

    private static byte[] bytes(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            writing.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static <T> T read(byte[] bytes, Reading<T> reading) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            byte version = in.readByte();
            if (version != VERSION) {
                throw new IllegalStateException("State of version " + version + ", this program knows " + VERSION);
            }
            T value = reading.from(in);
            if (in.available() > 0) {
                throw new IllegalStateException(in.available() + " bytes follow the state");
            }
            return value;
        } catch (IOException e) {
            throw new IllegalStateException("State of " + bytes.length + " bytes is cut short", e);
        }
    }
}
