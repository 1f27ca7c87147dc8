package io.tillstream.ledgersink.settlement.files;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A NACHA file of one batch, with its control records computed. */
record NachaFile(FileHeader header, BatchHeader batchHeader, List<Payment> payments) {

    NachaFile {
        payments = List.copyOf(payments);
        if (payments.isEmpty()) {
            throw new IllegalArgumentException("a batch has at least one entry");
        }
    }

    /** An entry and the addenda that tells what it is for. */
    record Payment(EntryDetail entry, Addenda05 addenda) {}

    /**
     * Records in the order 1 5 (6 7)+ 8 9 and nines up to the block's end.
     *
     * @throws FileRefusedException when a value does not fit its columns or is not ASCII
     */
    byte[] bytes(LineEnd lineEnd) {
        List<String> lines = new ArrayList<>();
        lines.add(header.line());
        lines.add(batchHeader.line());
        NachaTally tally = NachaTally.NONE;
        for (Payment payment : payments) {
            lines.add(payment.entry().line());
            lines.add(payment.addenda().line());
            tally = tally.plusEntry(payment.entry()).plusAddenda();
        }
        lines.add(BatchControl.create(batchHeader, tally).line());
        lines.add(FileControl.create(1, lines.size() + 1L, tally).line());
        while (lines.size() % FileControl.BLOCKING_FACTOR != 0) {
            lines.add("9".repeat(RecordWriter.LENGTH));
        }
        return encode(lines, lineEnd);
    }

    /** Java would write ? for what is not ASCII; a name that changes on its way to the bank is refused instead. */
    private static byte[] encode(List<String> lines, LineEnd lineEnd) {
        String text = String.join(lineEnd.characters(), lines) + lineEnd.characters();
        if (!StandardCharsets.US_ASCII.newEncoder().canEncode(text)) {
            throw new FileRefusedException("a name or id in the file is not ASCII");
        }
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
