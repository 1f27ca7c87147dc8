package io.tillstream.ledgersink.settlement;

import java.io.IOException;
import java.nio.file.Path;

/** A kind of settlement file. The same batch gives the same bytes every time. */
public interface SettlementFormat {

    /** Name in file names and in the topic settlement.files, for example nacha-ccd. */
    String name();

    /** Extension without the dot, for example ach. */
    String extension();

    /**
     * Writes the file and its checksum beside it, each complete or not there at all; replaces what an earlier try left.
     *
     * @param directory the tenant's directory; exists
     * @throws IOException when the disk does not take it; the batch stays and is tried again
     * @throws IllegalStateException when the batch does not foot; the batch stays with the message as its reason
     */
    WrittenFile write(BatchContents batch, Path directory) throws IOException;

    /** {tenant}_{format}_{business date}_{batch}.{extension}. */
    default String fileName(BatchContents batch) {
        return batch.tenant() + "_" + name() + "_" + batch.businessDate() + "_" + batch.batchId() + "." + extension();
    }
}
