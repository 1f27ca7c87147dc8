package io.tillstream.streams.posting;

import io.tillstream.schemas.TenantTerms;
import io.tillstream.schemas.Tender;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What posting knows of each city in this partition: terms, the open business date, and the dates that closed. */
final class Tenants {
    /** No date: nothing has been forgotten yet. */
    static final int NEVER = Integer.MIN_VALUE;

    private static final int NO_PROFILE = -1;

    /** One city. Dates are days since 1970-01-01. */
    static final class Tenant {
        final int number;
        final byte[] name;
        byte[] currency = new byte[0];
        int horizonDays;
        int parkedCloses;
        long amountMax;
        int openDate;
        long closeCount;
        /** Events that occurred before it, and payments of business dates before it, are outside the horizon. */
        int oldestDate;
        /** Rows of business dates before it are as if they had never been. */
        int forgottenBefore = NEVER;
        /** Whether terms are known: an event of a city without is refused as TENANT_UNKNOWN. */
        boolean known;
        /** Whether balances are complete: false only while a journal without its beginning is being restored. */
        boolean based;
        /** Whether the journal from which this was restored holds the city's first terms, and so all of it. */
        boolean whole;
        /** Sequence of the entry that set the terms in force. */
        long termsSequence = -1;

        long dayEntryCount;
        long dayFirstSequence = -1;
        private int profile = NO_PROFILE;
        private int[] closedDates = new int[16];
        private int closedCount;

        Tenant(int number, byte[] name) {
            this.number = number;
            this.name = name;
        }

        /** Of rows that say no more than whose they are. */
        int profile(Profiles profiles) {
            if (profile == NO_PROFILE) {
                profile = profiles.numberOf(number, Profiles.NO_ACCOUNT, Tender.CARD, Profiles.NO_ACCOUNT);
            }
            return profile;
        }

        String text() {
            return new String(name, StandardCharsets.UTF_8);
        }

        void set(TenantTerms terms) {
            currency = terms.getCurrency().getBytes(StandardCharsets.UTF_8);
            horizonDays = terms.getHorizonDays();
            parkedCloses = terms.getParkedCloses();
            amountMax = terms.getAmountMax();
            if (!known) {
                openDate = Math.toIntExact(terms.getOpenDate().toEpochDay());
                oldestDate = openDate - horizonDays;
                known = true;
            }
        }

        /** The date that would be the oldest one allowed once the open date has closed. */
        int oldestDateAfterClose() {
            int closes = closedCount + 1;
            int horizon = closes > horizonDays ? closedDateAfterClose(closes - horizonDays) : oldestDate;
            return Math.max(oldestDate, horizon);
        }

        void close(int nextDate) {
            oldestDate = oldestDateAfterClose();
            int closes = closedCount + 1;
            if (closes > 2 * horizonDays) {
                forgottenBefore = Math.max(forgottenBefore, closedDateAfterClose(closes - 2 * horizonDays));
            }
            remember(openDate);
            openDate = nextDate;
            closeCount++;
            dayEntryCount = 0;
            dayFirstSequence = -1;
        }

        /** Whether all that the journal has lost would be forgotten by now: two horizons of closes follow. */
        boolean isComplete() {
            return whole || forgottenBefore != NEVER;
        }

        private int closedDateAfterClose(int index) {
            return index == closedCount ? openDate : closedDates[index];
        }

        private void remember(int date) {
            if (closedCount == closedDates.length) {
                int dropped = Math.max(0, closedCount - 2 * horizonDays - 1);
                int[] kept = new int[Math.max(16, 2 * (closedCount - dropped))];
                System.arraycopy(closedDates, dropped, kept, 0, closedCount - dropped);
                closedDates = kept;
                closedCount -= dropped;
            }
            closedDates[closedCount++] = date;
        }
    }

    private final Names names = new Names();
    private Tenant[] tenants = new Tenant[16];

    /** The city, or null if no entry has named it. */
    Tenant find(byte[] source, int from, int length) {
        int number = names.find(0, source, from, length);
        return number == Names.NONE ? null : tenants[number];
    }

    Tenant findOrAdd(byte[] source, int from, int length) {
        int number = names.findOrAdd(0, source, from, length);
        if (number >= tenants.length) {
            tenants = Arrays.copyOf(tenants, 2 * tenants.length);
        }
        if (tenants[number] == null) {
            tenants[number] = new Tenant(number, names.name(number));
        }
        return tenants[number];
    }

    Tenant get(int number) {
        return tenants[number];
    }

    int size() {
        return names.size();
    }
}
