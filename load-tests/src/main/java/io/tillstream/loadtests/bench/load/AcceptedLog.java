package io.tillstream.loadtests.bench.load;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** By event: when it was answered 202, in microseconds of the wall clock; 0 if it was not. */
public final class AcceptedLog {
    private long[] micros = new long[1 << 20];
    private int size;

    /** Makes room up to and with an event, as sent and not accepted. */
    void sent(long lastEvent) {
        int wanted = Math.toIntExact(lastEvent) + 1;
        if (wanted > micros.length) {
            micros = Arrays.copyOf(micros, Math.max(wanted, 2 * micros.length));
        }
        size = Math.max(size, wanted);
    }

    void accepted(long event, long wallMicros) {
        micros[Math.toIntExact(event)] = wallMicros;
    }

    /** Events sent. */
    public int size() {
        return size;
    }

    /** 0 if it was not accepted. */
    public long acceptedMicros(int event) {
        return micros[event];
    }

    /** Events accepted. */
    public int acceptedCount() {
        int count = 0;
        for (int event = 0; event < size; event++) {
            count += micros[event] == 0 ? 0 : 1;
        }
        return count;
    }

    void write(Path file) throws IOException {
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            out.writeInt(size);
            for (int event = 0; event < size; event++) {
                out.writeLong(micros[event]);
            }
        }
    }

    /** What a load has written. */
    public static AcceptedLog read(Path file) {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            AcceptedLog log = new AcceptedLog();
            log.size = in.readInt();
            log.micros = new long[Math.max(1, log.size)];
            for (int event = 0; event < log.size; event++) {
                log.micros[event] = in.readLong();
            }
            return log;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
