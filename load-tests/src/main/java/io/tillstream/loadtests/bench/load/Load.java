package io.tillstream.loadtests.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * One load: a thread, a selector, a number of connections. In open loop a request that is due takes the next free connection; how long it
 * waited for one counts. After its patience a client gives up, unsent. In closed loop every free connection sends at once.
 */
final class Load {
    /** Line of output with which the time begins. */
    static final String STARTED = "STARTED";

    private static final int READ_BYTES = 256 * 1024;
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final long DRAIN_NANOS = 60 * SECOND_NANOS;
    private static final long BACK_OFF_NANOS = 10_000_000;

    private final LoadSettings settings;
    private final Selector selector;
    private final List<Line> lines = new ArrayList<>();
    private final Deque<Line> free = new ArrayDeque<>();
    private final RequestTemplate[] templates;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(READ_BYTES);
    private final int[] statuses;
    private final AcceptedLog log = new AcceptedLog();
    private final LoadTally tally;
    private final long startNanos;
    private final long endNanos;
    private final double requestsPerNano;
    private long dueRequests;
    private long nextEvent;
    private long toldSeconds;

    Load(LoadSettings settings) throws IOException {
        this.settings = settings;
        selector = Selector.open();
        statuses = new int[settings.eventsPerRequest()];
        templates = RequestTemplate.of(settings);
        int longest =
                Arrays.stream(templates).mapToInt(RequestTemplate::length).max().orElseThrow();
        for (int i = 0; i < settings.connections(); i++) {
            lines.add(new Line(selector, settings.port(), longest));
        }
        free.addAll(lines);
        startNanos = System.nanoTime();
        long measuredFrom = startNanos + settings.warmUpSeconds() * SECOND_NANOS;
        endNanos = measuredFrom + settings.measuredSeconds() * SECOND_NANOS;
        tally = new LoadTally(measuredFrom, endNanos);
        requestsPerNano = settings.perSecond() / settings.eventsPerRequest() / 1e9;
    }

    LoadTally tally() {
        return tally;
    }

    AcceptedLog log() {
        return log;
    }

    /** Sends until the time is over, and waits for the last answers. */
    void run() throws IOException {
        long now = startNanos;
        while (isUnderWay(now) && now - endNanos < DRAIN_NANOS) {
            sendDue(now);
            selector.select(this::ready, 1);
            now = System.nanoTime();
            tell(now);
        }
        for (Line line : lines) {
            if (line.isBusy()) {
                tally.broken();
            }
            line.close();
        }
        selector.close();
    }

    /** Until all that was due before the end has been sent or given up, and answered. */
    private boolean isUnderWay(long now) {
        boolean isMoreDue = settings.isOpenLoop() ? dueNanos(dueRequests) - endNanos < 0 : now - endNanos < 0;
        return isMoreDue || free.size() < lines.size();
    }

    private void sendDue(long now) throws IOException {
        if (!settings.isOpenLoop()) {
            while (!free.isEmpty() && now - endNanos < 0) {
                send(free.poll(), now);
            }
            return;
        }
        dropLate(now);
        long due = dueNanos(dueRequests);
        while (due - now <= 0 && due - endNanos < 0 && !free.isEmpty()) {
            dueRequests++;
            send(free.poll(), due);
            due = dueNanos(dueRequests);
        }
    }

    private void dropLate(long now) {
        long tooLate = now - settings.patienceMillis() * 1_000_000L;
        long due = dueNanos(dueRequests);
        while (due - tooLate < 0 && due - endNanos < 0) {
            tally.unsent(due, settings.eventsPerRequest());
            dueRequests++;
            due = dueNanos(dueRequests);
        }
    }

    private long dueNanos(long request) {
        return startNanos + (long) (request / requestsPerNano);
    }

    private void send(Line line, long due) throws IOException {
        long first = nextEvent;
        nextEvent += settings.eventsPerRequest();
        log.sent(nextEvent - 1);
        tally.sent(settings.eventsPerRequest());
        try {
            RequestTemplate template = templates[(int) (first / settings.eventsPerRequest() % templates.length)];
            line.send(template.bytes(first), first, due, System.nanoTime());
        } catch (IOException e) {
            renew(line);
        }
    }

    /** Nobody knows whether the server has the request; it counts as broken, and the client connects anew. */
    private void renew(Line line) {
        tally.broken();
        long giveUpAt = System.nanoTime() + SECOND_NANOS;
        while (true) {
            try {
                line.reopen();
                free.add(line);
                return;
            } catch (IOException e) {
                if (System.nanoTime() > giveUpAt) {
                    throw new IllegalStateException("the server takes no connection", e);
                }
                LockSupport.parkNanos(BACK_OFF_NANOS);
            }
        }
    }

    private void ready(SelectionKey key) {
        Line line = (Line) key.attachment();
        try {
            if (key.isValid() && key.isWritable()) {
                line.write();
            }
            HttpAnswer answer = key.isValid() && key.isReadable() ? line.read(buffer) : null;
            if (answer != null) {
                answered(line, answer);
            }
            if (line.isDone()) {
                free.add(line);
                line.end();
            }
        } catch (IOException e) {
            if (line.isBusy()) {
                renew(line);
            } else {
                reopenIdle(line);
            }
        }
    }

    /** The server may end a silent connection at any time. */
    private void reopenIdle(Line line) {
        try {
            line.reopen();
        } catch (IOException e) {
            throw new IllegalStateException("the server takes no connection", e);
        }
    }

    private void answered(Line line, HttpAnswer answer) {
        long now = System.nanoTime();
        long wallMicros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        int events = settings.eventsPerRequest();
        boolean isAccepted = false;
        if (settings.isBatch() && answer.status() == 200) {
            int found = answer.lineStatuses(statuses);
            if (found != events) {
                throw new IllegalStateException(found + " answers for " + events + " lines");
            }
            for (int i = 0; i < events; i++) {
                isAccepted |= event(line.firstEvent() + i, statuses[i], wallMicros, now);
            }
        } else if (settings.isBatch()) {
            tally.answered(answer.status(), events, now);
        } else {
            isAccepted = event(line.firstEvent(), answer.status(), wallMicros, now);
        }
        tally.took(isAccepted, line.dueNanos(), line.sentNanos(), now);
    }

    private boolean event(long event, int status, long wallMicros, long now) {
        tally.answered(status, 1, now);
        if (status == LoadTally.ACCEPTED) {
            log.accepted(event, wallMicros);
        }
        return status == LoadTally.ACCEPTED;
    }

    /** A line a second for whoever watches. */
    private void tell(long now) {
        long seconds = (now - startNanos) / SECOND_NANOS;
        if (seconds > toldSeconds) {
            toldSeconds = seconds;
            System.out.println("SECOND " + seconds + " " + tally.acceptedEvents());
        }
    }
}
