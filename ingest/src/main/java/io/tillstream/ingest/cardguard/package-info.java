/**
 * Keeps card numbers out of everything behind it. {@link io.tillstream.ingest.cardguard.CardGuard} is asked before anything is
 * parsed, logged or answered: first for path, query and headers, then for the bytes of the body, where a quick pass over the
 * bytes settles nearly every request and only a suspicious body is looked at name by name and value by value.
 *
 * <p>Characters become digits, separators or ends ({@code CharacterKinds}), digits become runs ({@code DigitRun}), and the
 * networks' ranges and Luhn decide ({@code CardNetworks}). Random ids are let through by their format ({@code OpaqueIds}), bill
 * accounts by the format that their city has declared ({@code AccountFormats}).
 *
 * <p>This package never returns, logs or keeps the digits, and never puts them into an exception.
 */
package io.tillstream.ingest.cardguard;
