package io.tillstream.loadtests.bench.jmh;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bench jmh}: single steps, with what they allocate. */
@Command(
        name = "jmh",
        mixinStandardHelpOptions = true,
        description = "Measures single steps of posting with JMH, and what they allocate.",
        showDefaultValues = true)
public final class JmhCommand implements Callable<Integer> {
    @Parameters(description = "Regular expressions of benchmarks; all without.", arity = "0..*")
    private List<String> include = List.of();

    @Option(names = "--forks", description = "JVMs for each.", defaultValue = "1")
    private int forks;

    @Option(names = "--iterations", description = "Measured iterations, and as many to warm up.", defaultValue = "3")
    private int iterations;

    @Option(names = "--seconds", description = "Of an iteration.", defaultValue = "2")
    private int seconds;

    @Option(names = "--out", description = "The result's file.", defaultValue = "load-tests/results/jmh.json")
    private Path out;

    @Override
    public Integer call() throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .forks(forks)
                .warmupIterations(iterations)
                .warmupTime(TimeValue.seconds(seconds))
                .measurementIterations(iterations)
                .measurementTime(TimeValue.seconds(seconds))
                .jvmArgsAppend("-Xms3g", "-Xmx3g", "-XX:+UseParallelGC")
                .addProfiler(GCProfiler.class)
                .resultFormat(ResultFormatType.JSON)
                .result(out.toString());
        include.forEach(options::include);
        if (include.isEmpty()) {
            options.include("io.tillstream.loadtests.bench.jmh.*");
        }
        new Runner(options.build()).run();
        return 0;
    }
}
