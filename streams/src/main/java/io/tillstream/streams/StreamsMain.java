package io.tillstream.streams;

import io.tillstream.runtime.ServiceMain;

/** The streams process. */
public final class StreamsMain {
    private StreamsMain() {}

    /** @param args the settings file */
    public static void main(String[] args) {
        ServiceMain.run(
                "streams", args, StreamsSettings.class, settings -> StreamsService.start(settings, StreamsMain::stop));
    }

    /** A role that can't go on must not look alive; its thread can't wait for the exit that waits for it. */
    private static void stop(String reason) {
        Thread exit = new Thread(() -> System.exit(1), "exit: " + reason);
        exit.setDaemon(true);
        exit.start();
    }
}
