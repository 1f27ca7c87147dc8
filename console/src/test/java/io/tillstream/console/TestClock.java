package io.tillstream.console;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands at the seed's present until it is moved. */
final class TestClock extends Clock {
    static final Instant SEED_NOW = Instant.parse("2026-11-22T18:00:00Z");
    private volatile Instant now = SEED_NOW;

    void advance(Duration by) {
        now = now.plus(by);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
