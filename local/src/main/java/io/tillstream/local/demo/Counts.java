package io.tillstream.local.demo;

import java.util.ArrayList;
import java.util.List;

/**
 * I7: what ingest, the payers and the far end each counted of one run.
 *
 * @param accepted events that ingest says it published
 * @param repeated events that ingest says it knew and answered 202 without publishing
 * @param unacknowledged events that the broker did not acknowledge in time; they may be on the topic nevertheless
 * @param foreign records written past ingest
 * @param inputs records of payments.events, marks not counted
 * @param outcomes events recorded, parked, refused and put aside
 * @param answered requests that payers saw answered 202
 * @param unsure attempts without an answer; ingest may have taken each of them once
 * @param cardNumbers requests with a card number that ingest turned away
 * @param cardAlarms of them in quarantine
 */
record Counts(
        long accepted,
        long repeated,
        long unacknowledged,
        long foreign,
        long inputs,
        long outcomes,
        long answered,
        long unsure,
        long cardNumbers,
        long cardAlarms) {
    /** Ingest bounds the alarms of a second, but not below this. */
    private static final int CARD_ALARMS_SURE = 20;

    /** What does not add up, in words; empty if all does. */
    List<String> differences() {
        List<String> differences = new ArrayList<>();
        long published = accepted + foreign;
        if (inputs < published || inputs > published + unacknowledged) {
            differences.add(published + " published by ingest and past it, " + unacknowledged + " perhaps, but "
                    + inputs + " inputs");
        }
        if (inputs != outcomes) {
            differences.add(inputs + " inputs, but " + outcomes + " recorded, parked, refused and put aside");
        }
        long taken = accepted + repeated;
        if (taken < answered || taken > answered + unsure) {
            differences.add(
                    taken + " accepted by ingest, but " + answered + " answered 202 and " + unsure + " not answered");
        }
        boolean cardsTold = cardNumbers <= CARD_ALARMS_SURE
                ? cardAlarms == cardNumbers
                : cardAlarms >= CARD_ALARMS_SURE && cardAlarms <= cardNumbers;
        if (!cardsTold) {
            differences.add(cardNumbers + " card numbers were refused, " + cardAlarms + " are in quarantine");
        }
        return differences;
    }
}
