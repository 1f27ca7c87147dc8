package io.tillstream.local.demo;

import io.tillstream.local.client.IngestClient;
import io.tillstream.local.simulation.Book;
import io.tillstream.local.simulation.City;
import io.tillstream.local.simulation.ForeignClient;
import io.tillstream.local.simulation.Traffic;
import io.tillstream.runtime.Shutdown;
import io.tillstream.schemas.AvroCodec;
import io.tillstream.schemas.PaymentEvent;
import io.tillstream.schemas.Topics;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The demo: servers, topics, cities, services, payers. {@link #start} returns when payments flow; {@link #report} waits for the end
 * of a bounded demo. Text for people goes to the consumer of lines.
 */
public final class Demo implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Demo.class);
    private static final Duration CLOSING_LIMIT = Duration.ofSeconds(15);
    private static final Duration QUIET_LIMIT = Duration.ofMinutes(2);
    private static final int AT_ONCE_BOUNDED = 96;
    private static final int AT_ONCE_UNBOUNDED = 256;
    private static final int CARD_TESTING_PART = 3;
    private static final int CARD_TESTING_AFTER_SECONDS = 15;
    private static final int FOREIGN_PERIOD_SECONDS = 60;
    private static final int HTTP_THREADS = 3;

    private final DemoOptions options;
    private final DemoEnding.Limits limits;
    private final Consumer<String> out;
    private final Shutdown parts = new Shutdown(CLOSING_LIMIT);
    private final Phases phases = new Phases();
    private final long seed;
    private final Book book;
    private String runName = "";
    private DemoServers servers;
    private DemoServices services;
    private DemoLedger ledger;
    private DemoLag lag;
    private Waiting waiting;
    private HttpClient http;
    private Observer observer;
    private Traffic traffic;
    private ForeignClient foreignClient;
    private DemoEnding.Baseline baseline;

    /**
     * A demo that has not begun; closing it also ends a start that is under way.
     *
     * @param out gets lines for people: addresses, progress, summary
     */
    public Demo(DemoOptions options, Consumer<String> out) {
        this(options, DemoEnding.Limits.USUAL, out);
    }

    /** For tests, which have no minutes to wait for what does not come. */
    Demo(DemoOptions options, DemoEnding.Limits limits, Consumer<String> out) {
        this.limits = limits;
        this.options = options;
        this.out = out;
        this.seed = options.seed().orElseGet(() -> new SecureRandom().nextInt(Integer.MAX_VALUE));
        this.book = new Book(options.payments().isPresent());
    }

    /**
     * Starts everything; payments flow when it returns.
     *
     * @throws IllegalStateException if something does not come up in time; what had started is closed
     */
    public void start() {
        try {
            open();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * A bounded demo from start to end, closed when it returns.
     *
     * @throws IllegalArgumentException if the options name no number of payments
     */
    public static DemoReport run(DemoOptions options, Consumer<String> out) {
        if (options.payments().isEmpty()) {
            throw new IllegalArgumentException("A demo without a number of payments has no report");
        }
        try (Demo demo = new Demo(options, out)) {
            demo.start();
            return demo.report();
        }
    }

    private void open() {
        DemoDirectory directory = parts.add("data directory", DemoDirectory.open(options.dataDirectory()));
        waiting = parts.add("waiting", new Waiting());
        boolean firstLogin = !directory.hasSecret(DemoServices.CONSOLE_PASSWORD_FILE);
        out.accept("Starting broker, schema registry and PostgreSQL; data in " + directory);
        servers = DemoServers.start(directory, options.preferredPorts(), parts);
        phases.end("servers");
        servers.applyTopics();
        phases.end("topics");
        Path controlKeys = DemoCities.controlKeys(directory);
        List<City> cities = DemoCities.apply(directory, options.tenantsFile(), servers, controlKeys);
        phases.end("tenants");
        services = DemoServices.start(directory, servers, controlKeys, options.preferredPorts(), parts, waiting);
        phases.end("services");
        runName = "r" + directory.nextRun();
        new DemoAddresses(directory, servers, services, controlKeys).tell(out, firstLogin);
        observe(cities);
        phases.end("quiet");
        pay(cities);
    }

    /** Follows the topics, once what an earlier run left has been worked off. */
    private void observe(List<City> cities) {
        ledger = new DemoLedger(servers);
        lag = parts.add("lag", new DemoLag(servers.kafka(), services));
        Backlog backlog = new Backlog(servers.kafka(), ledger::nextOffsets);
        waiting.until(
                "every city's business date to be open",
                QUIET_LIMIT,
                () -> ledger.openDates().size() >= cities.size(),
                () -> "open are " + ledger.openDates());
        waiting.until(
                "what an earlier run left to be worked off",
                QUIET_LIMIT,
                () -> lag.posting() == 0 && lag.database() == 0 && backlog.isEmpty(),
                () -> "lag of posting " + lag.posting() + ", of the database " + lag.database());
        boolean remembers = options.payments().isPresent();
        observer = parts.add("observer", Observer.start(servers.kafka(), servers.registryClient(), remembers));
        baseline = new DemoEnding.Baseline(ledger.entries(), ledger.balances());
    }

    private void pay(List<City> cities) {
        ExecutorService httpThreads = Executors.newFixedThreadPool(HTTP_THREADS, Demo::daemon);
        parts.add("http client", httpThreads::shutdownNow);
        http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .executor(httpThreads)
                .build();
        List<IngestClient> instances = services.ingestAddresses().stream()
                .map(address -> new IngestClient(http, address, Clock.systemUTC()))
                .toList();
        foreignClient = new ForeignClient(
                producer(),
                AvroCodec.of(Topics.EVENTS, PaymentEvent.class, servers.registryClient()),
                cities,
                seed,
                Clock.systemUTC(),
                book);
        traffic = Traffic.start(cities, instances, seed, runName, book, pace());
        parts.add("traffic", traffic);
        ScheduledExecutorService clockwork = Executors.newScheduledThreadPool(1, Demo::daemon);
        parts.add("progress", clockwork::shutdownNow);
        Progress progress = new Progress(book, observer, ledger, lag, baseline.entries(), out);
        repeat(clockwork, 1, 1, progress::line);
        if (options.payments().isEmpty()) {
            repeat(clockwork, 2, FOREIGN_PERIOD_SECONDS, this::writeForeignRecords);
        }
    }

    private Traffic.Pace pace() {
        if (options.payments().isPresent()) {
            long payments = options.payments().getAsLong();
            return new Traffic.Pace(
                    payments, Double.POSITIVE_INFINITY, AT_ONCE_BOUNDED, Math.max(1, payments / CARD_TESTING_PART));
        }
        return new Traffic.Pace(Long.MAX_VALUE, options.perSecond(), AT_ONCE_UNBOUNDED, (long)
                Math.ceil(CARD_TESTING_AFTER_SECONDS * options.perSecond()));
    }

    /**
     * Waits for the end of the traffic, closes every business day, waits for the files and checks everything.
     *
     * <p>What does not come in time is a difference of the report.
     *
     * @throws IllegalStateException if a server does not answer
     */
    public DemoReport report() {
        if (options.payments().isEmpty()) {
            throw new IllegalStateException("A demo without a number of payments has no report");
        }
        writeForeignRecords();
        DemoEnding ending = new DemoEnding(services, ledger, lag, observer, book, waiting, phases, limits, out);
        double trafficSeconds = ending.awaitTraffic(traffic, options.payments().getAsLong());
        writeForeignRecords();
        DemoEnding.Checks checks = ending.settleAndCheck(baseline, http);
        Figures figures = observer.figures();
        Map<String, Double> seconds = phases.seconds();
        return new DemoReport(
                book.sentCount(),
                book.acceptedCount(),
                figures.entries,
                book.duplicateCount(),
                figures.refused(),
                figures.quarantined(),
                checks.databaseEntries(),
                checks.verification().unbalancedEntries(),
                checks.batches(),
                figures.files,
                checks.invariants().get("I6"),
                checks.comparison().lost(),
                checks.comparison().doubled(),
                figures.anomalies().size(),
                phases.total(),
                checks.differences().isEmpty()
                        && checks.invariants().values().stream().allMatch(Boolean::booleanValue),
                checks.invariants(),
                options.payments().getAsLong(),
                seed,
                runName,
                book.turnedAway(),
                book.retryCount(),
                observer.parkedNow(),
                checks.balances(),
                options.payments().getAsLong() / trafficSeconds,
                seconds,
                checks.differences());
    }

    /** Closes all in the reverse order of the start, within 15 s; what hangs is named in the log. */
    @Override
    public void close() {
        parts.close();
    }

    private void writeForeignRecords() {
        try {
            foreignClient.writeOneOfEach();
        } catch (ExecutionException e) {
            throw new IllegalStateException("The broker did not take the records written past ingest", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while records were written past ingest", e);
        }
    }

    private Producer<byte[], byte[]> producer() {
        Map<String, Object> settings = new HashMap<>(Map.of(ProducerConfig.ACKS_CONFIG, "all"));
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(Topics.MESSAGE_BYTES_MAX));
        return parts.add(
                "foreign client",
                new KafkaProducer<>(
                        servers.kafka().with(settings), new ByteArraySerializer(), new ByteArraySerializer()));
    }

    /** A task that fails is told and tried again: it only shows or adds to what runs. */
    private static void repeat(ScheduledExecutorService clockwork, long first, long seconds, Runnable task) {
        var unused = clockwork.scheduleAtFixedRate(
                () -> {
                    try {
                        task.run();
                    } catch (RuntimeException e) {
                        log.warn("A repeated task of the demo failed", e);
                    }
                },
                first,
                seconds,
                TimeUnit.SECONDS);
    }

    private static Thread daemon(Runnable runnable) {
        Thread thread = new Thread(runnable, "demo");
        thread.setDaemon(true);
        return thread;
    }
}
