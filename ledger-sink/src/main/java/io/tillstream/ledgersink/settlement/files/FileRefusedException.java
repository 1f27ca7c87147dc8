package io.tillstream.ledgersink.settlement.files;

import java.io.Serial;

/** A file that may not be released: it does not foot, breaks its standard, or another one holds its name. Nothing was written. */
public final class FileRefusedException extends IllegalStateException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** @param reason what an operator reads beside the batch that is stuck */
    FileRefusedException(String reason) {
        super(reason);
    }
}
