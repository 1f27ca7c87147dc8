/**
 * From the JSON of a request to an event, and from an event to an answer. {@link io.tillstream.ingest.intake.Intake} is the table of
 * contents: guard, read, judge, suspension, memory, publish; each step can end the request with its answer.
 *
 * <p>{@code DraftReader} reads fields as they are and refuses what has the wrong shape; {@code PaymentRules} turns the draft into a
 * PaymentEvent or names the field that is wrong. Refused here is what can be known for certain without the payment's history:
 * shapes, sizes, unknown funds and processors, impossible times, a type or tender that the channel does not take. Whether an
 * amount is positive, not too large, in the tenant's currency and not exceeded by its items is posting's to say, so that there is
 * one place that decides about money.
 *
 * <p>This package never takes tenant or channel from a body, and passes network address and device on as keyed hashes only.
 */
package io.tillstream.ingest.intake;
