package io.tillstream.local.dayfile;

import io.tillstream.schemas.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What the columns of a day file mean.
 *
 * @param currency ISO 4217 letters of every amount
 * @param channel where the payers paid; the key that imports must speak for it
 * @param filter which rows are meant; rows that it does not meet are skipped with that reason
 * @param fields texts of the payment's fields, by field
 */
record Mapping(
        String currency,
        Channel channel,
        Filter filter,
        char delimiter,
        Map<Field, ValueSource> fields,
        TimeSource occurredAt,
        Policy policy) {

    /** Fields of a payment that come as text. */
    enum Field {
        ID,
        AMOUNT,
        TENDER,
        BILL_TYPE,
        FUND,
        BILL_ACCOUNT,
        CLIENT_REFERENCE,
        PAYER_REFERENCE,
        TERMINAL,
        CASHIER,
        PROCESSOR
    }

    /** Rows whose {@code column} holds {@code value}; an empty column means every row. */
    record Filter(String column, String value) {
        static final Filter EVERY_ROW = new Filter("", "");

        boolean meets(Row row) {
            return column.isEmpty() || row.cell(column).equals(value);
        }
    }

    /** What to do with a row that lacks something. */
    enum Action {
        /** Leave it out and say so; the import still succeeds. */
        SKIP,
        /** Leave it out and say so; the import ends as failed. */
        FAIL,
        /** Id: from the row's content and its occurrence. Date: the time of receipt. Zero: post it as it is. */
        TAKE
    }

    /** The actions, one for each gap. */
    record Policy(Action idMissing, Action amountEmpty, Action amountZero, Action dateMissing) {}

    Mapping {
        Objects.requireNonNull(currency, "currency");
        Objects.requireNonNull(channel, "channel");
        Objects.requireNonNull(filter, "filter");
        Objects.requireNonNull(occurredAt, "occurredAt");
        Objects.requireNonNull(policy, "policy");
        fields = Map.copyOf(fields);
    }

    /** Text of a field for a row; empty for nothing. */
    String text(Field field, Row row) {
        return fields.getOrDefault(field, ValueSource.NOTHING).of(row);
    }

    /** Columns that the mapping reads, to be checked against a file's header. */
    List<String> columns() {
        List<String> columns = new ArrayList<>();
        columns.add(filter.column());
        fields.values().forEach(source -> columns.add(source.column()));
        occurredAt.formats().forEach(format -> columns.add(format.text().column()));
        columns.removeIf(String::isEmpty);
        return columns.stream().distinct().sorted().toList();
    }
}
