package io.tillstream.console;

import io.tillstream.runtime.ServiceMain;

/** Runs the console in a process of its own. */
public final class ConsoleMain {
    private ConsoleMain() {}

    /** @param args the path of the settings file */
    public static void main(String[] args) {
        ServiceMain.run("console", args, ConsoleSettings.class, Console::start);
    }
}
