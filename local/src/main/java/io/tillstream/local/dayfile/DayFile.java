package io.tillstream.local.dayfile;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A CSV file with a header, UTF-8 with or without byte order mark, read as often as needed. */
final class DayFile {
    private final Path file;
    private final char delimiter;

    DayFile(Path file, char delimiter) {
        this.file = file;
        this.delimiter = delimiter;
    }

    /** @throws DayFileException if the header lacks a column that the mapping reads */
    void requireColumns(List<String> columns) throws IOException {
        try (CsvReader<CsvRecord> reader = open()) {
            List<String> header = header(reader.iterator());
            for (String column : columns) {
                if (!header.contains(column)) {
                    throw new DayFileException(file + ": there is no column " + column + "; the header has " + header);
                }
            }
        }
    }

    /** Gives every row in order. @throws DayFileException with the line, if the file is no CSV or a row has other columns */
    void forEach(Consumer<Row> consumer) throws IOException {
        try (CsvReader<CsvRecord> reader = open()) {
            Iterator<CsvRecord> records = reader.iterator();
            List<String> header = header(records);
            for (long number = 1; records.hasNext(); number++) {
                consumer.accept(row(number, header, records.next()));
            }
        } catch (CsvParseException e) {
            // The cause's text may hold a piece of the file.
            throw new DayFileException(file + ": is no CSV: " + e.getClass().getSimpleName());
        }
    }

    private Row row(long number, List<String> header, CsvRecord record) {
        if (record.getFieldCount() != header.size()) {
            throw new DayFileException(file + ":" + record.getStartingLineNumber() + ": has " + record.getFieldCount()
                    + " columns, the header " + header.size());
        }
        Map<String, String> cells = new LinkedHashMap<>();
        for (int i = 0; i < header.size(); i++) {
            cells.put(header.get(i), record.getField(i).strip());
        }
        return new Row(number, cells);
    }

    private List<String> header(Iterator<CsvRecord> records) {
        if (!records.hasNext()) {
            throw new DayFileException(file + ": is empty; expected a header");
        }
        List<String> header =
                records.next().getFields().stream().map(String::strip).toList();
        if (header.stream().distinct().count() != header.size()) {
            throw new DayFileException(file + ": two columns have the same name: " + header);
        }
        return header;
    }

    private CsvReader<CsvRecord> open() throws IOException {
        return CsvReader.builder()
                .fieldSeparator(delimiter)
                .commentStrategy(CommentStrategy.NONE)
                .skipEmptyLines(true)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .detectBomHeader(true)
                .ofCsvRecord(file, StandardCharsets.UTF_8);
    }
}
