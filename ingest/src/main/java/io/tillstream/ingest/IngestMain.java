package io.tillstream.ingest;

import io.tillstream.runtime.ServiceMain;

/** Ingest as a process of its own: {@code IngestMain SETTINGS-FILE}. */
public final class IngestMain {
    private IngestMain() {}

    public static void main(String[] args) {
        ServiceMain.run("ingest", args, IngestSettings.class, Ingest::start);
    }
}
