package io.tillstream.loadtests.bench.stage;

import java.util.ArrayList;
import java.util.List;

/**
 * How to start a JVM.
 *
 * @param main main class
 * @param classPath as -cp takes it
 * @param options heap, collector and the like
 */
public record JvmPlan(String main, String classPath, List<String> options) {
    public JvmPlan {
        options = List.copyOf(options);
    }

    /** A main class of this JVM's class path with a fixed heap and the parallel collector, which all contenders use. */
    public static JvmPlan of(Class<?> main, int heapMegabytes) {
        return new JvmPlan(main.getName(), ownClassPath(), heap(heapMegabytes));
    }

    /** The same with another class path in front. */
    public JvmPlan withFirst(String path) {
        return new JvmPlan(main, path + java.io.File.pathSeparator + classPath, options);
    }

    /** The same with more options. */
    public JvmPlan with(String... more) {
        List<String> all = new ArrayList<>(options);
        all.addAll(List.of(more));
        return new JvmPlan(main, classPath, all);
    }

    /** Options for a heap that does not grow. */
    public static List<String> heap(int megabytes) {
        return List.of(
                "-Xms" + megabytes + "m",
                "-Xmx" + megabytes + "m",
                "-XX:+UseParallelGC",
                "-XX:+UseTransparentHugePages", // a table of hundreds of megabytes is read at random
                "-XX:+AlwaysPreTouch", // a page's first use costs six times as much on a machine that gives free memory
                // back
                "-Dtillstream.log=plain",
                "-Dtillstream.log.level=WARN");
    }

    static String ownClassPath() {
        return System.getProperty("java.class.path");
    }
}
