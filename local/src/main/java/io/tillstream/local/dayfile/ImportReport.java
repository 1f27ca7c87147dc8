package io.tillstream.local.dayfile;

import io.tillstream.schemas.Money;
import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** Counts and totals of an import, by the file's own bill types. Amounts in minor units. */
public final class ImportReport {
    /** Rows and money of one bill type. */
    public static final class Totals {
        private long rows;
        private long amount;
        private final Map<RowOutcome.Kind, Long> rowsByKind = new EnumMap<>(RowOutcome.Kind.class);
        private long acceptedAmount;

        /** Rows in the file. */
        public long rows() {
            return rows;
        }

        /** Sum of the amounts in the file. */
        public long amount() {
            return amount;
        }

        /** Sum of the amounts that were accepted. */
        public long acceptedAmount() {
            return acceptedAmount;
        }

        /** Rows that were accepted. */
        public long accepted() {
            return count(RowOutcome.Kind.ACCEPTED);
        }

        /** Rows left out as the mapping says. */
        public long skipped() {
            return count(RowOutcome.Kind.SKIPPED);
        }

        /** Rows that ingest or posting refused. */
        public long refused() {
            return count(RowOutcome.Kind.REFUSED);
        }

        /** Rows that can't be used, or got no answer. */
        public long failed() {
            return count(RowOutcome.Kind.FAILED);
        }

        private long count(RowOutcome.Kind kind) {
            return rowsByKind.getOrDefault(kind, 0L);
        }
    }

    private static final String NOT_IN_FILTER = "NOT_IN_FILTER";

    private final String currency;
    private final Map<String, Totals> byBillType = new TreeMap<>();
    private final Map<String, Long> byReason = new TreeMap<>();
    private final Totals all = new Totals();
    private long otherRows;

    ImportReport(String currency) {
        this.currency = currency;
    }

    void add(RowOutcome outcome) {
        if (outcome.detail().equals(NOT_IN_FILTER)) {
            otherRows++;
            return;
        }
        add(all, outcome);
        add(byBillType.computeIfAbsent(outcome.billType(), type -> new Totals()), outcome);
        if (!outcome.detail().isEmpty()) {
            byReason.merge(outcome.kind() + " " + outcome.detail(), 1L, Long::sum);
        }
    }

    /** Whether every row was accepted or left out as the mapping says. */
    public boolean complete() {
        return all.refused() == 0 && all.failed() == 0;
    }

    /** Totals by the file's own bill types. */
    public Map<String, Totals> byBillType() {
        return Map.copyOf(byBillType);
    }

    /** Rows by what became of them and why, for example {@code SKIPPED AMOUNT_EMPTY}. */
    public Map<String, Long> byReason() {
        return Map.copyOf(byReason);
    }

    /** Totals of all rows that the mapping's filter meets. */
    public Totals all() {
        return all;
    }

    /** Rows that the mapping's filter leaves to another import. */
    public long otherRows() {
        return otherRows;
    }

    /** A table for people. */
    public void print(PrintWriter out) {
        out.printf(
                "%-24s %8s %16s %8s %16s %8s %8s %8s%n",
                "bill type", "rows", "in the file", "accepted", currency, "skipped", "refused", "failed");
        byBillType.forEach((type, totals) -> print(out, type, totals));
        print(out, "all", all);
        byReason.forEach((reason, rows) -> out.printf("  %8d %s%n", rows, reason));
        if (otherRows > 0) {
            out.printf("  %8d rows are not meant by the mapping's filter%n", otherRows);
        }
        out.flush();
    }

    private void print(PrintWriter out, String type, Totals totals) {
        out.printf(
                "%-24s %8d %16s %8d %16s %8d %8d %8d%n",
                type,
                totals.rows,
                Money.format(totals.amount, currency),
                totals.accepted(),
                Money.format(totals.acceptedAmount, currency),
                totals.skipped(),
                totals.refused(),
                totals.failed());
    }

    private static void add(Totals totals, RowOutcome outcome) {
        totals.rows++;
        totals.amount = Math.addExact(totals.amount, outcome.amount());
        totals.rowsByKind.merge(outcome.kind(), 1L, Long::sum);
        if (outcome.kind() == RowOutcome.Kind.ACCEPTED) {
            totals.acceptedAmount = Math.addExact(totals.acceptedAmount, outcome.amount());
        }
    }
}
