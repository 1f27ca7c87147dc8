package io.tillstream.local.dayfile;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillstream.local.dayfile.Mapping.Action;
import io.tillstream.local.dayfile.Mapping.Field;
import io.tillstream.schemas.BillType;
import io.tillstream.schemas.Money;
import io.tillstream.schemas.Tender;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Makes of a row what is to be done with it. */
final class RowReader {
    /** What is to be done with a row. */
    sealed interface Reading {}

    /** A payment to post: the line of the batch, and what the result file will say of it. */
    record Payment(Row row, String id, String billType, long amount, String json, String note) implements Reading {}

    /** A row that is not posted. */
    record Left(RowOutcome outcome) implements Reading {}

    /** Thrown and caught here only: the row can't be used. */
    private static final class UnusableRow extends Exception {
        private static final long serialVersionUID = 1;

        private final RowOutcome.Kind kind;

        UnusableRow(Action action, String detail) {
            super(detail);
            kind = action == Action.SKIP ? RowOutcome.Kind.SKIPPED : RowOutcome.Kind.FAILED;
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Mapping mapping;
    private final RowKeys keys;

    /** @param keys has noted every row of the file */
    RowReader(Mapping mapping, RowKeys keys) {
        this.mapping = mapping;
        this.keys = keys;
    }

    /** To be called once for each row, in the file's order. */
    Reading read(Row row) {
        String id = mapping.text(Field.ID, row);
        String billType = billType(row);
        long amount = 0;
        try {
            require(mapping.filter().meets(row), Action.SKIP, "NOT_IN_FILTER");
            require(
                    !id.isEmpty() || mapping.policy().idMissing() == Action.TAKE,
                    mapping.policy().idMissing(),
                    "ID_MISSING");
            // The key counts equal rows, so it is made for every row that could have one, posted or not.
            String key = keys.key(id, row);
            amount = amount(row);
            return payment(row, id, billType, key, amount);
        } catch (UnusableRow e) {
            return new Left(new RowOutcome(row.number(), id, billType, amount, e.kind, e.getMessage(), ""));
        }
    }

    /**
     * The file's own word for the kind of bill, where the mapping knows it. Any other text is not repeated in results: nobody
     * knows what it holds.
     */
    private String billType(Row row) {
        ValueSource source = mapping.fields().get(Field.BILL_TYPE);
        if (source.column().isEmpty()) {
            return source.otherwise();
        }
        String text = row.cell(source.column());
        return source.values().containsKey(text)
                ? text
                : mapping.text(Field.BILL_TYPE, row).isEmpty() ? "(unknown)" : "(other)";
    }

    private Payment payment(Row row, String id, String billType, String key, long amount) throws UnusableRow {
        ObjectNode payment = JSON.createObjectNode();
        payment.put("idempotencyKey", key);
        payment.put("type", "CAPTURED");
        payment.put("tender", constant(Tender.class, Field.TENDER, row));
        StringBuilder note = new StringBuilder();
        Optional<Instant> occurredAt = occurredAt(row);
        if (occurredAt.isPresent()) {
            payment.put("occurredAt", occurredAt.get().toString());
        } else {
            note.append("DATE_MISSING ");
        }
        payment.put("currency", mapping.currency());
        payment.put("amount", amount);
        ObjectNode item = payment.putArray("items").addObject();
        item.put("billType", constant(BillType.class, Field.BILL_TYPE, row));
        item.put("amount", amount);
        String fund = mapping.text(Field.FUND, row);
        require(!fund.isEmpty(), Action.FAIL, "FUND_MISSING");
        item.put("fund", fund);
        putText(item, "billAccount", Field.BILL_ACCOUNT, row);
        putText(payment, "processor", Field.PROCESSOR, row);
        putText(payment, "payerReference", Field.PAYER_REFERENCE, row);
        putText(payment, "clientReference", Field.CLIENT_REFERENCE, row);
        ObjectNode source = JSON.createObjectNode();
        putText(source, "terminal", Field.TERMINAL, row);
        putText(source, "cashier", Field.CASHIER, row);
        if (!source.isEmpty()) {
            payment.set("source", source);
        }
        note.append(id.isEmpty() ? "ID_MISSING" : keys.isRepeated(id) ? "REPEATED_ID" : "");
        return new Payment(
                row, id, billType, amount, payment.toString(), note.toString().strip());
    }

    private long amount(Row row) throws UnusableRow {
        String text = mapping.text(Field.AMOUNT, row);
        require(!text.isEmpty(), mapping.policy().amountEmpty(), "AMOUNT_EMPTY");
        long amount;
        try {
            amount = Money.parse(text, mapping.currency());
        } catch (ArithmeticException | NumberFormatException e) {
            throw new UnusableRow(Action.FAIL, "AMOUNT_UNREADABLE");
        }
        require(amount >= 0, Action.FAIL, "AMOUNT_NEGATIVE");
        require(
                amount > 0 || mapping.policy().amountZero() == Action.TAKE,
                mapping.policy().amountZero(),
                "AMOUNT_ZERO");
        return amount;
    }

    private Optional<Instant> occurredAt(Row row) throws UnusableRow {
        try {
            Optional<Instant> occurredAt = mapping.occurredAt().of(row);
            Action missing = mapping.policy().dateMissing();
            require(occurredAt.isPresent() || missing == Action.TAKE, missing, "DATE_MISSING");
            return occurredAt;
        } catch (DateTimeException e) {
            throw new UnusableRow(Action.FAIL, "DATE_UNREADABLE");
        }
    }

    private <E extends Enum<E>> String constant(Class<E> type, Field field, Row row) throws UnusableRow {
        String text = mapping.text(field, row).toUpperCase(Locale.ROOT);
        try {
            return Enum.valueOf(type, text).name();
        } catch (IllegalArgumentException e) {
            throw new UnusableRow(Action.FAIL, field + "_NOT_MAPPED");
        }
    }

    private void putText(ObjectNode node, String name, Field field, Row row) {
        String text = mapping.text(field, row);
        if (!text.isEmpty()) {
            node.put(name, text);
        }
    }

    private static void require(boolean condition, Action action, String detail) throws UnusableRow {
        if (!condition) {
            throw new UnusableRow(action, detail);
        }
    }
}
