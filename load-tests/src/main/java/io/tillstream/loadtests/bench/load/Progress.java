package io.tillstream.loadtests.bench.load;

import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Progress on standard error, for whoever waits. */
public final class Progress {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    private Progress() {}

    /** One line with the time (UTC). */
    public static void say(String line) {
        System.err.println(TIME.format(LocalTime.now(ZoneOffset.UTC)) + " " + line);
    }
}
