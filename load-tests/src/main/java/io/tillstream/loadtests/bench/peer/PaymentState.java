package io.tillstream.loadtests.bench.peer;

import io.tillstream.schemas.Posting;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What a peer keeps of one payment.
 *
 * @param captured minor units
 * @param taken refunded or in dispute
 * @param through the clearing or till account
 * @param lines what was credited, as positive amounts
 * @param events ids of its events; empty where a peer keeps them elsewhere
 */
public record PaymentState(long captured, long taken, String through, List<Posting> lines, List<UUID> events) {
    /** The same after another event. */
    PaymentState taking(long amount) {
        return new PaymentState(captured, taken + amount, through, lines, events);
    }

    /** The same with one more event id. */
    public PaymentState with(UUID event) {
        List<UUID> more = new ArrayList<>(events);
        more.add(event);
        return new PaymentState(captured, taken, through, lines, more);
    }

    /** Compact bytes for a store. */
    public byte[] toBytes() {
        int size = 2 * Long.BYTES + 2 + through.length() + 16 * events.size();
        for (Posting line : lines) {
            size += Long.BYTES + 1 + line.getAccount().length();
        }
        ByteBuffer out = ByteBuffer.allocate(size);
        out.putLong(captured).putLong(taken);
        text(out, through);
        out.put((byte) lines.size());
        for (Posting line : lines) {
            out.putLong(line.getAmount());
            text(out, line.getAccount());
        }
        for (UUID event : events) {
            out.putLong(event.getMostSignificantBits()).putLong(event.getLeastSignificantBits());
        }
        return out.array();
    }

    /** The state from {@link #toBytes}. */
    public static PaymentState of(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        long captured = in.getLong();
        long taken = in.getLong();
        String through = text(in);
        int count = in.get();
        List<Posting> lines = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            long amount = in.getLong();
            lines.add(new Posting(amount, text(in)));
        }
        List<UUID> events = new ArrayList<>(in.remaining() / 16);
        while (in.hasRemaining()) {
            events.add(new UUID(in.getLong(), in.getLong()));
        }
        return new PaymentState(captured, taken, through, lines, events);
    }

    private static void text(ByteBuffer out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        out.put((byte) bytes.length).put(bytes);
    }

    private static String text(ByteBuffer in) {
        byte[] bytes = new byte[in.get()];
        in.get(bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
