package io.tillstream.local.dayfile;

import io.tillstream.local.yaml.Fields;
import io.tillstream.local.yaml.Parsers;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * When the payment happened: the first format whose text is there.
 *
 * @param timeZone of times without an offset
 * @param formats tried in order
 */
record TimeSource(ZoneId timeZone, List<Format> formats) {
    private static final int NOON = 12;

    /** Where a time stands and how it is written. A missing day is the first, a missing time is noon. */
    record Format(ValueSource text, DateTimeFormatter pattern) {}

    TimeSource {
        Objects.requireNonNull(timeZone, "timeZone");
        formats = List.copyOf(formats);
    }

    static TimeSource read(Fields fields) {
        ZoneId timeZone = fields.required("timeZone", Parsers::zone);
        List<Format> formats = fields.list("formats", TimeSource::format);
        return fields.complete(() -> new TimeSource(timeZone, formats));
    }

    /**
     * The instant, or nothing where every text is empty.
     *
     * @throws DateTimeException if a text is there but is not written as its pattern says
     */
    Optional<Instant> of(Row row) {
        for (Format format : formats) {
            String text = format.text().of(row);
            if (!text.isEmpty()) {
                return Optional.of(instant(format.pattern().parse(text)));
            }
        }
        return Optional.empty();
    }

    private Instant instant(TemporalAccessor parsed) {
        return parsed.isSupported(ChronoField.OFFSET_SECONDS)
                ? OffsetDateTime.from(parsed).toInstant()
                : LocalDateTime.from(parsed).atZone(timeZone).toInstant();
    }

    private static Format format(Fields fields) {
        DateTimeFormatter pattern = fields.required("pattern", TimeSource::formatter);
        ValueSource text = ValueSource.read(fields);
        return text == null ? null : new Format(text, pattern);
    }

    static DateTimeFormatter formatter(String pattern) {
        if (pattern.equals("iso")) {
            return DateTimeFormatter.ISO_OFFSET_DATE_TIME;
        }
        DateTimeFormatterBuilder builder = new DateTimeFormatterBuilder().appendPattern(pattern);
        if (!pattern.contains("d")) {
            builder.parseDefaulting(ChronoField.DAY_OF_MONTH, 1);
        }
        if (!pattern.contains("H") && !pattern.contains("h")) {
            builder.parseDefaulting(ChronoField.HOUR_OF_DAY, NOON);
        }
        if (!pattern.contains("m")) {
            builder.parseDefaulting(ChronoField.MINUTE_OF_HOUR, 0);
        }
        return builder.toFormatter(Locale.US);
    }
}
