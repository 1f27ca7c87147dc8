package io.tillstream.loadtests.bench.posting;

import java.nio.file.Path;
import java.util.List;

/** All contenders, in the order of the table. */
final class Contenders {
    static final String TILLSTREAM = "tillstream";

    /** Names, as --contenders takes them. */
    static final List<String> NAMES = List.of(
            "copy",
            "copyOneThread",
            "streamsPassThrough",
            TILLSTREAM,
            "idiomaticDsl",
            "tunedDsl",
            "flinkHeap",
            "flinkHeapSecond",
            "flinkRocksdb",
            "flinkRocksdbSecond",
            "postgresOnly");

    private Contenders() {}

    /** A new one for a run. */
    static Contender of(String name, Path home) {
        return switch (name) {
            case "copy" -> new CopyContender(false);
            case "copyOneThread" -> new CopyContender(true);
            case "streamsPassThrough" -> new PassThroughContender();
            case TILLSTREAM -> TillstreamContender.asItIs();
            case "idiomaticDsl" -> new DslContender(false);
            case "tunedDsl" -> new DslContender(true);
            case "flinkHeap" -> new FlinkContender(false, false, home);
            case "flinkHeapSecond" -> new FlinkContender(false, true, home);
            case "flinkRocksdb" -> new FlinkContender(true, false, home);
            case "flinkRocksdbSecond" -> new FlinkContender(true, true, home);
            case "postgresOnly" -> new PostgresContender();
            default -> throw new IllegalArgumentException("No contender " + name + "; there are " + NAMES);
        };
    }
}
