package io.tillstream.ledgersink.settlement;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Brings released files to the city's side. Delivering again replaces what is there with the same bytes. */
public interface Delivery extends AutoCloseable {

    /**
     * Delivers all files of one batch, each complete or not there at all.
     *
     * @param directory where the tenant's files lie
     * @param names of the files; each has its checksum beside it
     * @throws IOException when the other side does not take them; the batch stays and is tried again
     */
    void deliver(String tenant, Path directory, List<String> names) throws IOException;

    @Override
    void close();
}
