package io.tillstream.loadtests.demo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Searches database columns, files, logs and metrics for what must not be there. */
final class EveryText {
    /** Columns of anything that holds text; the catalogue of PostgreSQL itself is left out. */
    private static final String TEXT_COLUMNS = """
            SELECT c.table_schema, c.table_name, c.column_name
            FROM information_schema.columns c
            JOIN information_schema.tables t USING (table_schema, table_name)
            WHERE t.table_type = 'BASE TABLE' AND c.table_schema NOT IN ('pg_catalog', 'information_schema')
              AND c.data_type IN ('text', 'character varying', 'character', 'json', 'jsonb', 'ARRAY')
            """;

    /** Texts searched: rows of a column, lines of a file. */
    final TreeMap<String, Integer> counts = new TreeMap<>();

    /** What is wrong, in words. */
    final TreeSet<String> faults = new TreeSet<>();

    void database(Connection connection) throws SQLException {
        List<String[]> columns = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(TEXT_COLUMNS)) {
            while (rows.next()) {
                columns.add(new String[] {rows.getString(1), rows.getString(2), rows.getString(3)});
            }
        }
        for (String[] column : columns) {
            column(connection, column[0] + "." + column[1], column[2]);
        }
    }

    private void column(Connection connection, String table, String column) throws SQLException {
        String query = "SELECT \"" + column + "\"::text FROM " + table + " WHERE \"" + column + "\" IS NOT NULL";
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                text(table + "." + column, rows.getString(1));
            }
        }
    }

    /** The files below a directory that are wanted, line by line. */
    void files(Path directory, Predicate<Path> isWanted) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            files.filter(Files::isRegularFile).filter(isWanted).forEach(this::file);
        }
    }

    private void file(Path file) {
        try (Stream<String> lines = Files.lines(file, ISO_8859_1)) {
            lines.forEach(line -> text(file.getFileName().toString(), line));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Names and labels; a value is a number by nature. */
    void metrics(String service, URI address) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(address.resolve("/metrics")).build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        answer.body().lines().forEach(line -> text("metrics of " + service, withoutValue(line)));
    }

    private static String withoutValue(String line) {
        return line.startsWith("#") ? line : line.substring(0, line.lastIndexOf(' '));
    }

    private void text(String where, String text) {
        counts.merge(where, 1, Integer::sum);
        Forbidden.in(text).ifPresent(what -> faults.add(where + " holds " + what));
    }
}
