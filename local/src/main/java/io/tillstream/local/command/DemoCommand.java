package io.tillstream.local.command;

import io.tillstream.local.demo.Demo;
import io.tillstream.local.demo.DemoOptions;
import io.tillstream.local.demo.DemoReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tillstream demo}. */
@Command(
        name = "demo",
        description =
                "Run all of Tillstream on this machine, with ten cities whose payers pay at all five channels. Ctrl-C ends"
                        + " it; the next start goes on with the same data.",
        mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
    @Option(
            names = "--payments",
            paramLabel = "N",
            description = "End the payments after N, close every business day, check everything and print a summary.")
    private Long payments;

    @Option(names = "--exit", description = "End when the checks are done (with --payments); 0 only if all holds.")
    private boolean exit;

    @Option(names = "--report", paramLabel = "FILE", description = "Write the summary as JSON (with --payments).")
    private Path report;

    @Option(names = "--seed", description = "Seed of the simulation. Default: another one each time.")
    private Long seed;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Payments begun in a second (without --payments). Default: ${DEFAULT-VALUE}.",
            defaultValue = "" + DemoOptions.PER_SECOND_DEFAULT)
    private double rate;

    @Option(
            names = "--data",
            paramLabel = "DIRECTORY",
            description = "Where everything is kept. Default: data in Tillstream's own directory.")
    private Path data;

    @Option(
            names = "--tenants",
            paramLabel = "FILE",
            description = "The cities. Default: Tillstream's examples/tenants.yaml.")
    private Path tenants;

    @Spec
    private CommandSpec spec;

    private volatile boolean isStopping;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (payments == null && (exit || report != null)) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--exit and --report need --payments: a demo without an end has no summary");
        }
        Path directory = data != null ? data : Home.data();
        DemoOptions options = new DemoOptions(
                directory,
                tenants != null ? tenants : Home.sampleTenants(),
                payments == null ? OptionalLong.empty() : OptionalLong.of(payments),
                seed == null ? OptionalLong.empty() : OptionalLong.of(seed),
                rate,
                true);
        DemoLog.into(directory);
        PrintWriter out = spec.commandLine().getOut();
        Demo demo = new Demo(options, line -> print(out, line));
        CountDownLatch stopped = new CountDownLatch(1);
        Thread hook = new Thread(() -> stop(demo, out, stopped), "stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            demo.start();
            return payments == null ? untilStopped(stopped) : toTheEnd(demo, hook, out, stopped);
        } catch (IllegalStateException e) {
            if (isStopping) {
                // What was under way ended because everything is being closed.
                return untilStopped(stopped);
            }
            throw e;
        }
    }

    private void stop(Demo demo, PrintWriter out, CountDownLatch stopped) {
        isStopping = true;
        print(out, "Stopping");
        demo.close();
        stopped.countDown();
    }

    private static int untilStopped(CountDownLatch stopped) throws InterruptedException {
        stopped.await();
        return 0;
    }

    private int toTheEnd(Demo demo, Thread hook, PrintWriter out, CountDownLatch stopped)
            throws IOException, InterruptedException {
        DemoReport found = demo.report();
        found.summary().forEach(line -> print(out, line));
        if (report != null) {
            found.write(report);
        }
        if (!exit) {
            print(out, "Everything goes on running, without payments; Ctrl-C ends it");
            return untilStopped(stopped);
        }
        Runtime.getRuntime().removeShutdownHook(hook);
        demo.close();
        return found.holds() ? 0 : CommandErrors.FAILED;
    }

    private static void print(PrintWriter out, String line) {
        out.println(line);
        out.flush();
    }
}
