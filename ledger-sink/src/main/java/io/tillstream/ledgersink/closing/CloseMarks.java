package io.tillstream.ledgersink.closing;

import io.tillstream.schemas.BusinessDayClose;
import java.io.IOException;

/** Puts a mark into every partition of payments.events: into all, or into none. */
interface CloseMarks {

    /** @throws IOException when the brokers did not take it, or it is not known whether they did; write it again */
    void write(BusinessDayClose close) throws IOException;
}
