package io.tillstream.local.dayfile;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.tillstream.schemas.Money;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * One line for every row of the day file. It is written under a temporary name and gets its own with the last line, so a
 * result file that is there is whole. Ids stand only on accepted rows: those have passed the card guard.
 */
final class ResultFile implements AutoCloseable {
    private final Path file;
    private final Path temporary;
    private final CsvWriter csv;
    private final String currency;
    private boolean finished;

    ResultFile(Path file, String currency) throws IOException {
        this.file = file.toAbsolutePath();
        this.currency = currency;
        temporary = this.file.resolveSibling(this.file.getFileName() + ".part");
        csv = CsvWriter.builder().build(Files.newBufferedWriter(temporary, StandardCharsets.UTF_8));
        csv.writeRecord("row", "id", "bill_type", "amount", "outcome", "reason", "event_id");
    }

    void write(RowOutcome outcome) {
        csv.writeRecord(
                Long.toString(outcome.rowNumber()),
                outcome.kind() == RowOutcome.Kind.ACCEPTED ? unformula(outcome.id()) : "",
                outcome.billType(),
                Money.format(outcome.amount(), currency),
                outcome.kind().name(),
                outcome.detail(),
                outcome.eventId());
    }

    /** Gives the file its name. */
    void finish() throws IOException {
        csv.close();
        finished = true;
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws IOException {
        if (!finished) {
            csv.close();
            Files.deleteIfExists(temporary);
        }
    }

    /** A cell that begins like a formula would be run by a spreadsheet. */
    private static String unformula(String text) {
        return text.matches("[=+\\-@].*") ? "'" + text : text;
    }
}
