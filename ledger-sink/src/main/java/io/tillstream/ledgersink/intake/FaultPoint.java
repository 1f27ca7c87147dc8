package io.tillstream.ledgersink.intake;

import java.sql.SQLException;

/** Where tests let a writer fail. In production nothing happens there. */
@FunctionalInterface
interface FaultPoint {
    /** Steps of one transaction. */
    enum Step {
        POSITIONS_MOVED,
        ROWS_WRITTEN,
        COMMITTED
    }

    FaultPoint NONE = step -> {};

    void reached(Step step) throws SQLException;
}
