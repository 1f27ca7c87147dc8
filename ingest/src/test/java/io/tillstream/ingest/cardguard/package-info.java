/**
 * Shows that the guard finds what it must find and lets through what it should: generated numbers of every network in every
 * disguise ({@code CardNumbersTest}), the rate of false alarms ({@code FalseAlarmTest}), and places in a request
 * ({@code CardGuardTest}).
 *
 * <p>No test here prints or stores a number that passes: failures tell seed and round.
 */
package io.tillstream.ingest.cardguard;
