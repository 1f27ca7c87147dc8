package io.tillstream.loadtests.bench;

import io.tillstream.loadtests.bench.ingest.IngestCommand;
import io.tillstream.loadtests.bench.jmh.JmhCommand;
import io.tillstream.loadtests.bench.pipeline.PipelineCommand;
import io.tillstream.loadtests.bench.posting.CurvesCommand;
import io.tillstream.loadtests.bench.posting.FlameCommand;
import io.tillstream.loadtests.bench.posting.PostingCommand;
import io.tillstream.loadtests.bench.sink.SinkCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code ./tillstream bench WORD}. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures Tillstream on this machine.",
        subcommands = {
            PostingCommand.class,
            SinkCommand.class,
            IngestCommand.class,
            PipelineCommand.class,
            FlameCommand.class,
            CurvesCommand.class,
            JmhCommand.class
        })
public final class Bench implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    /** Ends with 0 if all runs gave results. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Bench())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments));
    }

    @Override
    public void run() {
        spec.commandLine().usage(System.out);
    }
}
