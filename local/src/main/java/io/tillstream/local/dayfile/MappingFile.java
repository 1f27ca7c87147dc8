package io.tillstream.local.dayfile;

import io.tillstream.local.dayfile.Mapping.Action;
import io.tillstream.local.dayfile.Mapping.Field;
import io.tillstream.local.dayfile.Mapping.Filter;
import io.tillstream.local.dayfile.Mapping.Policy;
import io.tillstream.local.yaml.Fields;
import io.tillstream.local.yaml.InvalidFileException;
import io.tillstream.local.yaml.Parsers;
import io.tillstream.local.yaml.YamlFile;
import io.tillstream.schemas.BillType;
import io.tillstream.schemas.Channel;
import io.tillstream.schemas.Money;
import io.tillstream.schemas.Tender;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads a mapping; docs/import.md describes it for its writers. */
final class MappingFile {
    private static final Policy DEFAULT_POLICY = new Policy(Action.TAKE, Action.SKIP, Action.SKIP, Action.FAIL);

    /** The names in the file of the fields that may be left out. */
    private static final Map<String, Field> OPTIONAL = Map.of(
            "billAccount", Field.BILL_ACCOUNT,
            "clientReference", Field.CLIENT_REFERENCE,
            "payerReference", Field.PAYER_REFERENCE,
            "terminal", Field.TERMINAL,
            "cashier", Field.CASHIER,
            "processor", Field.PROCESSOR);

    private MappingFile() {}

    /** @throws InvalidFileException with every mistake and its line */
    static Mapping read(Path file) throws IOException {
        return YamlFile.read(file, MappingFile::mapping);
    }

    static Mapping mapping(Fields top) {
        String currency = top.required("currency", MappingFile::currency);
        Channel channel = top.required("channel", Parsers.constant(Channel.class));
        Filter filter = top.childOr("rows", Filter.EVERY_ROW, MappingFile::filter);
        String delimiter = top.optional("delimiter", ",", Parsers.matching(".", "one character"));
        Map<Field, ValueSource> fields = new EnumMap<>(Field.class);
        fields.put(Field.ID, top.child("id", ValueSource::read));
        fields.put(Field.AMOUNT, top.child("amount", ValueSource::read));
        fields.put(Field.TENDER, checked(top, "tender", Parsers.constant(Tender.class)));
        fields.put(Field.BILL_TYPE, checked(top, "billType", Parsers.constant(BillType.class)));
        fields.put(Field.FUND, top.child("fund", ValueSource::read));
        OPTIONAL.forEach((name, field) -> fields.put(field, top.childOr(name, ValueSource.NOTHING, ValueSource::read)));
        TimeSource occurredAt = top.child("occurredAt", TimeSource::read);
        Policy policy = top.childOr("when", DEFAULT_POLICY, MappingFile::policy);
        return top.complete(
                () -> new Mapping(currency, channel, filter, delimiter.charAt(0), fields, occurredAt, policy));
    }

    private static String currency(String value) {
        Money.digits(value);
        return value;
    }

    /** A source whose constants must be of a closed set. */
    private static ValueSource checked(Fields top, String name, Function<String, ?> check) {
        ValueSource source = top.child(name, ValueSource::read);
        if (source == null) {
            return null;
        }
        for (String value : Stream.concat(source.values().values().stream(), Stream.of(source.otherwise()))
                .filter(text -> !text.isEmpty())
                .toList()) {
            try {
                Object unused = check.apply(value);
            } catch (IllegalArgumentException e) {
                top.problem(name, e.getMessage());
            }
        }
        return source;
    }

    private static Filter filter(Fields fields) {
        String column = fields.required("column", Parsers::text);
        String value = fields.required("equals", Parsers::text);
        return fields.complete(() -> new Filter(column, value));
    }

    private static Policy policy(Fields fields) {
        Action idMissing = action(fields, "idMissing", DEFAULT_POLICY.idMissing(), Action.values());
        Action amountEmpty = action(fields, "amountEmpty", DEFAULT_POLICY.amountEmpty(), Action.SKIP, Action.FAIL);
        Action amountZero = action(fields, "amountZero", DEFAULT_POLICY.amountZero(), Action.values());
        Action dateMissing = action(fields, "dateMissing", DEFAULT_POLICY.dateMissing(), Action.values());
        return fields.complete(() -> new Policy(idMissing, amountEmpty, amountZero, dateMissing));
    }

    private static Action action(Fields fields, String name, Action otherwise, Action... allowed) {
        return fields.optional(name, otherwise, text -> {
            Action action = Parsers.constant(Action.class).apply(text);
            if (!List.of(allowed).contains(action)) {
                throw new IllegalArgumentException("expected one of " + List.of(allowed));
            }
            return action;
        });
    }
}
