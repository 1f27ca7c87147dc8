package io.tillstream.ledgersink;

import io.tillstream.ledgersink.calendar.BankCalendar;
import io.tillstream.ledgersink.settlement.files.LineEnd;
import io.tillstream.runtime.KafkaSettings;
import io.tillstream.runtime.Setting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Settings of the ledger sink's process. */
public record LedgerSinkSettings(
        @Setting(key = "kafka", doc = "Settings of every Kafka client; bootstrap.servers is required.")
        KafkaSettings kafka,

        @Setting(key = "registry.url", doc = "The schema registry's Confluent API.")
        String registryUrl,

        @Setting(key = "database", doc = "The ledger's PostgreSQL.")
        DatabaseSettings database,

        @Setting(
                key = "journal.threads",
                doc = "Threads that store the journal; more than partitions are idle.",
                def = "1",
                min = "1",
                max = "64")
        int journalThreads,

        @Setting(
                key = "poll.records.max",
                doc = "Most records of one database transaction; bounds memory.",
                def = "20000",
                min = "1",
                max = "200000")
        int pollRecordsMax,

        @Setting(
                key = "poll.wait.max",
                doc = "How long the broker may hold back a small fetch, so that quiet hours make few transactions.",
                def = "100ms",
                min = "0ms",
                max = "5s")
        Duration pollWaitMax,

        @Setting(
                key = "group.session.timeout",
                doc = "After this silence of a process the others take over its partitions.",
                def = "10s",
                min = "6s",
                max = "5m")
        Duration sessionTimeout,

        @Setting(key = "files.directory", doc = "Settlement files go to {files.directory}/{tenant}/.")
        Path filesDirectory,

        @Setting(
                key = "files.nacha.line-end",
                doc = "Line end of NACHA files, as the receiving bank wants it.",
                def = "lf")
        LineEnd nachaLineEnd,

        @Setting(key = "delivery.sftp", doc = "Where released files are delivered.")
        DeliverySettings delivery,

        @Setting(
                key = "settlement.interval",
                doc = "Time between two rounds of verifying, writing and announcing batches.",
                def = "1s",
                min = "50ms",
                max = "10m")
        Duration settlementInterval,

        @Setting(key = "closer.enabled", doc = "Whether this process may close business dates by time.", def = "true")
        boolean closerEnabled,

        @Setting(
                key = "closer.interval",
                doc = "Time between two looks at the cut-offs.",
                def = "1s",
                min = "50ms",
                max = "10m")
        Duration closerInterval,

        @Setting(
                key = "calendar.file",
                doc = "Own bank dates over the Federal Reserve's: lines 'closed|open yyyy-mm-dd reason'.")
        Optional<Path> calendarFile,

        @Setting(key = "ops.host", doc = "Address of health and metrics.", def = "127.0.0.1")
        String opsHost,

        @Setting(
                key = "ops.port",
                doc = "Port of health and metrics; 0 takes a free one.",
                def = "8082",
                min = "0",
                max = "65535")
        int opsPort) {

    /** The bank calendar. @throws UncheckedIOException if its file cannot be read */
    BankCalendar calendar() {
        if (calendarFile.isEmpty()) {
            return BankCalendar.federalReserve();
        }
        try {
            return BankCalendar.read(calendarFile.get());
        } catch (IOException e) {
            throw new UncheckedIOException("calendar.file " + calendarFile.get() + " cannot be read", e);
        }
    }
}
