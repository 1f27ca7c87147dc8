package io.tillstream.loadtests.bench.posting;

import java.util.ArrayList;
import java.util.List;

/**
 * Posting with one thing taken out: some of the product's sources are changed, compiled and put in front of its class path. The
 * product itself has no switches. A change whose text is no longer in the source fails loudly.
 *
 * @param name key in the results
 * @param what is changed
 * @param keepsChain whether the journal can still be checked with sequence and hash
 * @param changes of sources
 */
record Ablation(String name, String what, boolean keepsChain, List<Change> changes) {
    /** Topics that only an ablation writes begin so. */
    static final String TOPIC_PREFIX = "ablation.";

    private static final String HOT = "schemas/src/main/java/io/tillstream/schemas/hot/";
    private static final String POSTING = "streams/src/main/java/io/tillstream/streams/posting/";
    private static final String BATCH = "streams/src/main/java/io/tillstream/streams/batch/";

    /** A text in a source and what stands there instead; with an empty {@code from} the whole file comes from a resource. */
    record Change(String file, String from, String to) {}

    /** All, in the order of the table. */
    static List<Ablation> all() {
        return List.of(codec(), stateLayout(), ownChangelog(), batches(), hashChain(), checks(), chainAndChecks());
    }

    /** @throws IllegalArgumentException if there is none of this name */
    static Ablation of(String name) {
        return all().stream()
                .filter(ablation -> ablation.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no ablation is called " + name + "; there are "
                        + all().stream().map(Ablation::name).toList()));
    }

    private static Ablation codec() {
        return new Ablation(
                "codec",
                "entries made as Avro records: the event decoded, the entry encoded, with Avro's fast reader",
                true,
                List.of(new Change(HOT + "EntryWriter.java", "", "EntryWriter.java.txt")));
    }

    private static Ablation stateLayout() {
        return new Ablation(
                "stateLayout",
                "a HashMap of objects for ids and payments in place of columns in segments and an index in pages",
                true,
                List.of(new Change(POSTING + "Payments.java", "", "Payments.java.txt")));
    }

    private static Ablation ownChangelog() {
        String field = "private SentBatch batch; // null while records come alone";
        String add = "batch.add(entryKey, value, timestampMs);";
        String forward = "metrics.entries(entries.size());";
        String sink = ".addSink(REFUSED_SINK,";
        return new Ablation(
                "ownChangelog",
                "besides the journal a changelog of the state, one record of 64 bytes for each entry",
                true,
                List.of(
                        new Change(
                                POSTING + "PostingProcessor.java",
                                field,
                                field + "\n private SentBatch changes = new SentBatch();"),
                        new Change(
                                POSTING + "PostingProcessor.java",
                                add,
                                add + " changes.add(entryKey, java.util.Arrays.copyOfRange(value,"
                                        + " Math.max(0, value.length - 64), value.length), timestampMs);"),
                        new Change(
                                POSTING + "PostingProcessor.java",
                                forward,
                                forward + " SentBatch changed = changes; changes = new SentBatch();"
                                        + " if (changed.size() > 0) context.forward(new Record<>(null, new Entry(partition, null),"
                                        + " timestampMs, changed.asHeaders()), \"to-changelog\");"),
                        new Change(
                                POSTING + "PostingTopology.java",
                                sink,
                                ".addSink(\"to-changelog\", \"" + TOPIC_PREFIX
                                        + "changelog\", bytesOut, entryOut, partitioner, posting)\n" + sink)));
    }

    private static Ablation batches() {
        return new Ablation(
                "batches",
                "each record by itself through Kafka Streams, as it comes",
                true,
                List.of(
                        new Change(
                                BATCH + "BatchClients.java",
                                "return PolledBatch.pack(super.poll(timeout));",
                                "return super.poll(timeout);"),
                        new Change(
                                POSTING + "PostingTopology.java",
                                "BUFFERED_BATCHES = 2;",
                                "BUFFERED_BATCHES = 1_000;")));
    }

    private static Ablation hashChain() {
        String file = HOT + "HashChain.java";
        return new Ablation(
                "hashChain",
                "no SHA-256 chain; the entries' hash is zero",
                false,
                List.of(
                        new Change(file, "sha.update(head);", "if (entry == null) throw new DigestException();"),
                        new Change(
                                file,
                                "sha.update(entry, WireFormat.HEADER_BYTES, entry.length - WireFormat.HEADER_BYTES"
                                        + " - computed.length);",
                                ""),
                        new Change(file, "sha.digest(computed, 0, computed.length);", "")));
    }

    private static Ablation checks() {
        return new Ablation(
                "checks",
                "none of the checks that are always on: key against partition, times, debits = credits, sequence",
                true,
                List.of(
                        new Change(
                                POSTING + "Poster.java",
                                "return placement.partition(event, partitionCount) != partition;",
                                "return false;"),
                        new Change(
                                POSTING + "InputReader.java",
                                "checkTime(\"occurredAt\", event.occurredAtMicros());",
                                ""),
                        new Change(
                                POSTING + "InputReader.java",
                                "checkTime(\"receivedAt\", event.receivedAtMicros());",
                                ""),
                        new Change(POSTING + "Ledger.java", "if (sum != 0) {", "if (sum != 0 && nextSequence < 0) {"),
                        new Change(POSTING + "Ledger.java", "sum = Math.addExact(sum, entry.amount(i));", "")));
    }

    private static Ablation chainAndChecks() {
        List<Change> changes = new ArrayList<>(hashChain().changes());
        changes.addAll(checks().changes());
        return new Ablation("chainAndChecks", "neither the hash chain nor those checks", false, changes);
    }
}
