package io.tillstream.loadtests.crash;

import io.tillstream.testcluster.JavaProcess;
import java.util.Map;

/** A posting process of its own and what it tells of itself; where it does not answer, a question throws. */
final class PostingProcess implements AutoCloseable {
    private final JavaProcess process;
    private final OpsPage page;

    PostingProcess(JavaProcess process, int opsPort) {
        this.process = process;
        this.page = new OpsPage(opsPort);
    }

    /** Next sequence of each partition that it posts. */
    Map<Integer, Double> sequences() {
        return page.byPartition("tillstream_posting_sequence");
    }

    /** Of each partition that it keeps as a standby, how far it is behind. */
    Map<Integer, Double> standbyLags() {
        return page.byPartition("tillstream_streams_standby_lag");
    }

    /** Entries that it read again, all in all, before it could post. */
    double restored() {
        return page.value("tillstream_streams_restored_total");
    }

    /** SIGKILL; returns when it is gone. */
    void killHard() {
        process.killHard();
    }

    @Override
    public void close() {
        process.close();
    }
}
