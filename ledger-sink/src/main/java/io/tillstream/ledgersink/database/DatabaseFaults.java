package io.tillstream.ledgersink.database;

import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.Set;

/** Tells outages from broken rules. Source: PostgreSQL documentation, appendix A, "PostgreSQL Error Codes". */
public final class DatabaseFaults {
    /** 08 connection, 40 rollback by the server, 53 resources, 55 not in this state, 57 operator, 58 system. */
    private static final Set<String> PASSING_CLASSES = Set.of("08", "40", "53", "55", "57", "58");

    /** Read-only: a standby that is not yet the primary. */
    private static final String READ_ONLY = "25006";

    private DatabaseFaults() {}

    /**
     * Whether waiting can help: the database is away, starting, full or asked to stop. False for broken keys, wrong data,
     * missing tables and missing rights.
     */
    public static boolean isPassing(SQLException fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientException || cause instanceof IOException) {
                return true;
            }
            if (cause instanceof SQLException sql && isPassing(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPassing(String state) {
        return state != null
                && state.length() == 5
                && (PASSING_CLASSES.contains(state.substring(0, 2)) || state.equals(READ_ONLY));
    }

    /** The fault in one line without values: PostgreSQL's detail line may hold a piece of a row. */
    public static String inOneLine(SQLException fault) {
        String message = String.valueOf(fault.getMessage());
        int end = message.indexOf('\n');
        String first = end < 0 ? message : message.substring(0, end);
        return fault.getSQLState() == null ? first : first + " (" + fault.getSQLState() + ")";
    }
}
