package io.tillstream.console.query;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;

/**
 * Everything that is known of a payment.
 *
 * @param payment where it stands
 * @param events its journal entries with their postings, in the order of the journal
 * @param refusals what was sent for it and not accepted, duplicates and conflicts included
 */
public record PaymentLife(@JsonUnwrapped Payment payment, List<Entry> events, List<Refusal> refusals) {
    public PaymentLife {
        events = List.copyOf(events);
        refusals = List.copyOf(refusals);
    }
}
