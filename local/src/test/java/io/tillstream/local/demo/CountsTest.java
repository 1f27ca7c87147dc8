package io.tillstream.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
            accepted | repeated | unacked | foreign | inputs | outcomes | answered | unsure | cards | alarms | told
            90       | 5        | 0       | 4       | 94     | 94       | 95       | 0      | 2     | 2      |
            90       | 5        | 0       | 4       | 94     | 93       | 95       | 0      | 2     | 2      | 94 inputs, but 93 recorded, parked, refused and put aside
            90       | 5        | 0       | 4       | 93     | 93       | 95       | 0      | 2     | 2      | 94 published by ingest and past it, 0 perhaps, but 93 inputs
            90       | 5        | 2       | 4       | 96     | 96       | 95       | 0      | 2     | 2      |
            90       | 5        | 2       | 4       | 97     | 97       | 95       | 0      | 2     | 2      | 94 published by ingest and past it, 2 perhaps, but 97 inputs
            90       | 5        | 0       | 4       | 94     | 94       | 96       | 0      | 2     | 2      | 95 accepted by ingest, but 96 answered 202 and 0 not answered
            90       | 5        | 0       | 4       | 94     | 94       | 96       | 3      | 2     | 2      | 95 accepted by ingest, but 96 answered 202 and 3 not answered
            90       | 5        | 0       | 4       | 94     | 94       | 92       | 3      | 2     | 2      |
            90       | 5        | 0       | 4       | 94     | 94       | 91       | 3      | 2     | 2      | 95 accepted by ingest, but 91 answered 202 and 3 not answered
            90       | 5        | 0       | 4       | 94     | 94       | 95       | 0      | 2     | 1      | 2 card numbers were refused, 1 are in quarantine
            90       | 5        | 0       | 4       | 94     | 94       | 95       | 0      | 60    | 20     |
            90       | 5        | 0       | 4       | 94     | 94       | 95       | 0      | 60    | 19     | 60 card numbers were refused, 19 are in quarantine
            """)
    void shouldTellWhatDoesNotAddUp(
            long accepted,
            long repeated,
            long unacknowledged,
            long foreign,
            long inputs,
            long outcomes,
            long answered,
            long unsure,
            long cards,
            long alarms,
            String told) {
        Counts counts = new Counts(
                accepted, repeated, unacknowledged, foreign, inputs, outcomes, answered, unsure, cards, alarms);
        if (told == null) {
            assertThat(counts.differences()).isEmpty();
        } else {
            assertThat(counts.differences()).containsExactly(told);
        }
    }
}
