package io.tillstream.loadtests.bench.plot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The text of an SVG picture, element by element. */
final class Svg {
    private final StringBuilder text = new StringBuilder();

    /** @param width in pixels, as the height */
    Svg(double width, double height, String style) {
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1$.0f\" height=\"%2$.0f\" viewBox=\"0 0 %1$.0f %2$.0f\">",
                width, height);
        add("<style>%s</style>", style);
        add("<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>");
    }

    /** Adds a line of SVG; texts in it must be {@link #escaped}. */
    void add(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    /** Text for use between tags and in attributes. */
    static String escaped(String plain) {
        return plain.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** Ends the picture and writes it; makes the folder. */
    void write(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, text + "</svg>\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
