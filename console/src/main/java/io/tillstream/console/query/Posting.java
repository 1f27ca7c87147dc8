package io.tillstream.console.query;

/**
 * One debit or credit.
 *
 * @param amount minor units; debit positive, credit negative
 */
public record Posting(int postingNumber, String account, String currency, long amount) {}
