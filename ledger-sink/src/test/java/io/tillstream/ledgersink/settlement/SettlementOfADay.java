package io.tillstream.ledgersink.settlement;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tillstream.ledgersink.calendar.BankCalendar;
import io.tillstream.ledgersink.settlement.files.LineEnd;
import io.tillstream.ledgersink.settlement.files.NachaCcd;
import io.tillstream.ledgersink.settlement.files.PaymentDetailCsv;
import io.tillstream.ledgersink.testing.City;
import io.tillstream.ledgersink.testing.JournalScript;
import io.tillstream.ledgersink.testing.Ledger;
import io.tillstream.ledgersink.testing.LedgerCluster;
import io.tillstream.ledgersink.testing.Storing;
import io.tillstream.ledgersink.testing.TopicReader;
import io.tillstream.schemas.AvroCodec;
import io.tillstream.schemas.SettlementBatch;
import io.tillstream.schemas.SettlementFileReleased;
import io.tillstream.schemas.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A city's closed day whose batch has come, and the steps that its tests run again and again. */
abstract class SettlementOfADay {
    static final int PARTITIONS = LedgerCluster.PARTITIONS;
    static final String STATE = "SELECT state, reason FROM settlement.batches";
    static final String STATES = "SELECT batch_id, state, reason FROM settlement.batches ORDER BY batch_id";
    static final String FILES = "SELECT * FROM settlement.files ORDER BY format";

    final JournalScript script = new JournalScript(Storing.journalCodec(), PARTITIONS);
    final City ada = new City(script, "ada", PARTITIONS, 1);

    @TempDir
    Path directory;

    Ledger ledger;
    SettlementBatch batch;
    int announcedBefore;
    Optional<Delivery> delivery = Optional.empty();
    FailingFormat failing = new FailingFormat("");
    Optional<RuntimeException> unforeseen = Optional.empty();

    @BeforeAll
    static void createTopics() {
        LedgerCluster.freshTopics();
    }

    @BeforeEach
    void open() {
        announcedBefore = TopicReader.values(Topics.FILES).size();
        ledger = LedgerCluster.freshLedger();
        script.terms("ada", LocalDate.of(2026, 3, 2));
        ada.day();
        batch = script.close("ada");
        Storing.batch(ledger, batch);
        ledger.execute(
                "INSERT INTO operations.tenant VALUES ('ada', 'Ada, Oklahoma', 'America/Chicago', '17:00', 'USD',"
                        + " 'BANK_DAYS', '{\"immediateDestination\": \"103000648\", \"immediateDestinationName\": \"BANK\","
                        + " \"immediateOrigin\": \"1234567890\", \"immediateOriginName\": \"TILLSTREAM\","
                        + " \"companyName\": \"CITY OF ADA\", \"companyId\": \"1234567890\", \"odfi\": \"10300064\","
                        + " \"routingNumber\": \"103000648\", \"accountNumber\": \"000123456\", \"accountName\": \"CITY OF ADA\","
                        + " \"savings\": false, \"entryDescription\": \"SETTLEMENT\"}')");
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    /** Takes files, or is away. */
    static final class OtherSide implements Delivery {
        final ArrayList<String> taken = new ArrayList<>();
        boolean isAway;

        @Override
        public void deliver(String tenant, Path from, List<String> names) throws IOException {
            if (isAway) {
                throw new IOException("the other side is away");
            }
            names.forEach(name -> taken.add(tenant + " " + name));
        }

        @Override
        public void close() {
            taken.trimToSize();
        }
    }

    /** Runs all steps with a clock that moves on, as it would between a crash and the next start. */
    void run() throws SQLException {
        Clock clock = Clock.fixed(Instant.parse("2026-03-02T23:05:00.123Z"), ZoneOffset.UTC);
        SettlementFormat details = new PaymentDetailCsv();
        List<SettlementFormat> formats = List.of(
                new NachaCcd(BankCalendar.federalReserve(), LineEnd.LF),
                unforeseen
                        .<SettlementFormat>map(e -> new Stumbling(details, batch.getBatchId(), e))
                        .orElse(details),
                failing);
        try (SettlementSteps steps = SettlementSteps.of(
                ledger.database(),
                LedgerCluster.kafka(),
                LedgerCluster.schemas(),
                directory,
                failing.isFailing() ? formats : formats.subList(0, 2),
                delivery,
                new SimpleMeterRegistry(),
                clock)) {
            steps.run();
        }
    }

    /** What this test has announced. */
    List<SettlementFileReleased> announced() {
        AvroCodec<SettlementFileReleased> codec =
                AvroCodec.of(Topics.FILES, SettlementFileReleased.class, LedgerCluster.schemas());
        return TopicReader.values(Topics.FILES).stream()
                .skip(announcedBefore)
                .map(codec::decode)
                .toList();
    }

    /** A format that one batch brings down. */
    private record Stumbling(SettlementFormat format, String batchId, RuntimeException over)
            implements SettlementFormat {
        @Override
        public String name() {
            return format.name();
        }

        @Override
        public String extension() {
            return format.extension();
        }

        @Override
        public WrittenFile write(BatchContents contents, Path target) throws IOException {
            if (contents.batchId().equals(batchId)) {
                throw over;
            }
            return format.write(contents, target);
        }
    }

    /** A format that the disk does not take. */
    record FailingFormat(String reason) implements SettlementFormat {
        boolean isFailing() {
            return !reason.isEmpty();
        }

        @Override
        public String name() {
            return "failing";
        }

        @Override
        public String extension() {
            return "txt";
        }

        @Override
        public WrittenFile write(BatchContents contents, Path target) throws IOException {
            throw new IOException(reason);
        }
    }
}
