package io.tillstream.streams.posting.reference;

import io.tillstream.schemas.Ids;
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
    /** An event that has been seen, and the business date by which it is forgotten. */
    record Seen(PaymentEvent event, LocalDate date) {}

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
    final Map<UUID, Seen> events = new HashMap<>();
    final Map<UUID, Payment> payments = new HashMap<>();
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
        return payments.get(id);
    }

    void remember(PaymentEvent event) {
        events.put(Ids.toUuid(event.getEventId()), new Seen(event, openDate));
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
        events.values().removeIf(seen -> seen.date().isBefore(forgottenBefore));
        payments.values().removeIf(payment -> payment.businessDate.isBefore(forgottenBefore));
        openDate = next;
        dayEntries = 0;
        dayFirst = -1;
        lines.clear();
    }

    private static LocalDate later(LocalDate a, LocalDate b) {
        return a.isAfter(b) ? a : b;
    }
}
