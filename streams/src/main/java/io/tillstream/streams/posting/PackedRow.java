package io.tillstream.streams.posting;

import java.nio.ByteBuffer;

/**
 * A row with all that belongs to it, as bytes: facts, body hash and profile; then what it has besides, which is nothing for most;
 * then its lines; then what was taken back. Numbers of profiles and accounts are those of the running process.
 */
final class PackedRow {
    private static final int FIXED_BYTES = Long.BYTES + Integer.BYTES + Integer.BYTES + 1;
    private static final int LINE_BYTES = Integer.BYTES + Long.BYTES;
    private static final byte LINES = 1;
    private static final byte REVERSAL = 2;

    private PackedRow() {}

    /** @param reversal null if nothing was taken back */
    static byte[] pack(Rows rows, int row, Payments.Reversal reversal) {
        int profile = rows.profile(row);
        boolean hasLines = profile < 0;
        int lines = hasLines ? rows.linesCount(~profile) : 0;
        int bytes = FIXED_BYTES
                + (hasLines ? Integer.BYTES + lines * LINE_BYTES : 0)
                + (reversal == null ? 0 : 2 * Long.BYTES + Integer.BYTES + reversal.left.length * Long.BYTES);
        ByteBuffer packed = ByteBuffer.allocate(bytes)
                .putLong(rows.facts(row))
                .putInt(rows.bodyHash(row))
                .putInt(hasLines ? rows.linesProfile(~profile) : profile)
                .put((byte) ((hasLines ? LINES : 0) | (reversal == null ? 0 : REVERSAL)));
        if (hasLines) {
            packed.putInt(lines);
            for (int line = 0; line < lines; line++) {
                packed.putInt(rows.lineAccount(~profile, line)).putLong(rows.lineAmount(~profile, line));
            }
        }
        if (reversal != null) {
            packed.putLong(reversal.taken).putLong(reversal.disputeOpen).putInt(reversal.left.length);
            for (long left : reversal.left) {
                packed.putLong(left);
            }
        }
        return packed.array();
    }

    /** Whether the packed row is of a kind. */
    static boolean has(byte[] packed, long kind) {
        return (ByteBuffer.wrap(packed).getLong() & kind) != 0;
    }

    /** Puts all but the id into a new row; gives what was taken back, or null. */
    static Payments.Reversal unpack(byte[] packed, Rows rows, int row) {
        ByteBuffer in = ByteBuffer.wrap(packed);
        rows.setFacts(row, in.getLong());
        rows.setBodyHash(row, in.getInt());
        int profile = in.getInt();
        byte besides = in.get();
        rows.setProfile(row, (besides & LINES) == 0 ? profile : ~addLines(in, rows, profile));
        if ((besides & REVERSAL) == 0) {
            return null;
        }
        long taken = in.getLong();
        long disputeOpen = in.getLong();
        long[] left = new long[in.getInt()];
        for (int line = 0; line < left.length; line++) {
            left[line] = in.getLong();
        }
        Payments.Reversal reversal = new Payments.Reversal(left);
        reversal.taken = taken;
        reversal.disputeOpen = disputeOpen;
        return reversal;
    }

    private static int addLines(ByteBuffer in, Rows rows, int profile) {
        int count = in.getInt();
        int[] accounts = new int[count];
        long[] amounts = new long[count];
        for (int line = 0; line < count; line++) {
            accounts[line] = in.getInt();
            amounts[line] = in.getLong();
        }
        return rows.addLines(profile, count, accounts, amounts);
    }
}
