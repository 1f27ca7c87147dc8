/**
 * The days on which US banks settle. {@link io.tillstream.ledgersink.calendar.FederalHoliday} holds the Federal Reserve's
 * eleven holidays as rules, {@link io.tillstream.ledgersink.calendar.BankCalendar} answers whether a date is open and which
 * open date comes next; dates of one's own (a storm, a day of mourning) override the rules.
 *
 * <p>Source: Federal Reserve, K.8 "Holidays Observed by the Federal Reserve System". A holiday on a Sunday closes the Monday; a
 * holiday on a Saturday closes nothing more: the Friday before is open.
 *
 * <p>Never reads the clock or the network, and knows no cut-off times: which business date is closed is the closer's matter.
 */
package io.tillstream.ledgersink.calendar;
