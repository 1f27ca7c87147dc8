package io.tillstream.local.demo;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a bounded demo did. Counts are of this run, also where the data directory holds earlier ones.
 *
 * @param sent requests and records sent, repeats for want of an answer not counted
 * @param accepted requests that ingest answered 202
 * @param entries entries of the journal
 * @param duplicates accepted requests that repeated an event
 * @param refused records of payments.refused by reason
 * @param quarantined records of payments.quarantine by reason
 * @param databaseEntries rows of the ledger
 * @param unbalanced entries whose postings do not add up to zero, in the whole journal
 * @param batches batches written
 * @param files settlement files released
 * @param chainIntact whether sequence and hash chain hold, over the whole journal (I6)
 * @param lost accepted events without the outcome that they must have
 * @param doubled events taken into the journal more than once
 * @param anomalies findings of detection
 * @param seconds from the start of the servers to the last check
 * @param holds whether everything is as the simulation expects it
 * @param invariants I1 to I7
 * @param turnedAway requests that ingest refused, by status and code
 * @param retries requests sent again for want of an answer, or because ingest asked for it
 * @param parked events that still wait for the one that they refer to
 * @param balancesChecked accounts whose balance was compared with the simulation's book
 * @param paymentsPerSecond stories a second while the traffic ran
 * @param phases seconds of each part of the run
 * @param differences everything that is not as expected, in words; empty if all holds
 */
public record DemoReport(
        long sent,
        long accepted,
        long entries,
        long duplicates,
        Map<String, Long> refused,
        Map<String, Long> quarantined,
        long databaseEntries,
        long unbalanced,
        long batches,
        long files,
        boolean chainIntact,
        long lost,
        long doubled,
        long anomalies,
        double seconds,
        boolean holds,
        Map<String, Boolean> invariants,
        long payments,
        long seed,
        @JsonProperty("run") String runName,
        Map<String, Long> turnedAway,
        long retries,
        long parked,
        long balancesChecked,
        double paymentsPerSecond,
        Map<String, Double> phases,
        List<String> differences) {

    /** Writes the report as JSON, whole or not at all. */
    public void write(Path file) throws IOException {
        ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        Path target = file.toAbsolutePath();
        Files.createDirectories(target.getParent());
        Path temporary = target.resolveSibling(target.getFileName() + ".part");
        Files.writeString(temporary, json.writeValueAsString(this) + System.lineSeparator(), StandardCharsets.UTF_8);
        Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The summary for people, a line each. */
    public List<String> summary() {
        List<String> lines = new ArrayList<>(List.of(
                String.format(
                        "%,d payments of seed %d (%s): %,d sent, %,d accepted",
                        payments, seed, runName, sent, accepted),
                String.format(
                        "journal %,d entries, database %,d, unbalanced %d, chain %s",
                        entries, databaseEntries, unbalanced, chainIntact ? "intact" : "BROKEN"),
                String.format(
                        "lost %d, doubled %d, duplicates %,d, parked %d, retries %,d",
                        lost, doubled, duplicates, parked, retries),
                "refused by posting " + refused,
                "turned away by ingest " + turnedAway,
                "quarantined " + quarantined,
                String.format("batches %d, files %d, anomalies %d", batches, files, anomalies),
                String.format("balances compared with the book: %d accounts", balancesChecked),
                "invariants " + invariants,
                String.format("%.1f s, phases %s, %.0f payments a second", seconds, phases, paymentsPerSecond)));
        differences.forEach(difference -> lines.add("NOT AS EXPECTED: " + difference));
        lines.add(holds ? "ALL HOLDS" : "FAILED");
        return lines;
    }
}
