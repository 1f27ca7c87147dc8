package io.tillstream.streams.posting.reference;

import io.tillstream.schemas.PaymentEvent;
import io.tillstream.schemas.Posting;
import io.tillstream.schemas.TenantTerms;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** All that the auditor knows of one city. */
final class City {
    /** An id that has been seen: an event's, a payment's or both. It is forgotten by {@code date}. */
    static final class Known {
        LocalDate date;
        PaymentEvent event;
        Payment payment;

        Known(LocalDate date) {
            this.date = date;
        }
    }

    record Parked(long sequence, long closeCount, PaymentEvent event) {}

    final String name;
    TenantTerms terms;
    LocalDate openDate;
    LocalDate oldestDate;
    LocalDate forgottenBefore = LocalDate.MIN;
    long termsSequence;
    long dayEntries;
    long dayFirst = -1;
    final List<LocalDate> closes = new ArrayList<>();
    final Map<UUID, Known> ids = new HashMap<>();
    final List<Parked> parked = new ArrayList<>();
    final TreeMap<String, BigInteger> balances = new TreeMap<>();
    final Lines lines = new Lines();

    City(TenantTerms terms) {
        name = terms.getTenant();
        this.terms = terms;
        openDate = terms.getOpenDate();
        oldestDate = openDate.minusDays(terms.getHorizonDays());
    }

    Payment payment(UUID id) {
        Known known = ids.get(id);
        return known == null ? null : known.payment;
    }

    void remember(UUID id, PaymentEvent event) {
        ids.computeIfAbsent(id, i -> new Known(openDate)).event = event;
    }

    void remember(UUID id, Payment payment) {
        Known known = ids.computeIfAbsent(id, i -> new Known(openDate));
        known.payment = payment;
        known.date = openDate;
    }

    void book(List<Posting> postings) {
        for (Posting posting : postings) {
            balances.merge(posting.getAccount(), BigInteger.valueOf(posting.getAmount()), BigInteger::add);
        }
    }

    List<Posting> balances() {
        List<Posting> all = new ArrayList<>();
        balances.forEach((account, balance) -> all.add(new Posting(balance.longValueExact(), account)));
        return all;
    }

    /** The first date that can still be referred to once the open one has closed: the last closed dates, as many as the horizon. */
    LocalDate oldestAfterClose() {
        List<LocalDate> closed = new ArrayList<>(closes);
        closed.add(openDate);
        int horizon = terms.getHorizonDays();
        return closed.size() <= horizon ? oldestDate : later(oldestDate, closed.get(closed.size() - horizon));
    }

    void close(LocalDate next) {
        oldestDate = oldestAfterClose();
        closes.add(openDate);
        int twoHorizons = 2 * terms.getHorizonDays();
        if (closes.size() > twoHorizons) {
            forgottenBefore = later(forgottenBefore, closes.get(closes.size() - twoHorizons));
        }
        ids.values().removeIf(known -> known.date.isBefore(forgottenBefore));
        openDate = next;
        dayEntries = 0;
        dayFirst = -1;
        lines.clear();
    }

    private static LocalDate later(LocalDate a, LocalDate b) {
        return a.isAfter(b) ? a : b;
    }
}
