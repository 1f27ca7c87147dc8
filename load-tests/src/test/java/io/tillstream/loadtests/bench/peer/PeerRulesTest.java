package io.tillstream.loadtests.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.loadtests.bench.jmh.Sample;
import io.tillstream.schemas.Ids;
import io.tillstream.schemas.PaymentEvent;
import io.tillstream.schemas.Posting;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The peers must do the same work as posting, or the race says nothing. */
class PeerRulesTest {
    private static final int EVENTS = 20_000;

    @Test
    void shouldAcceptTheSameEventsAsPostingWithBalancedEntries() {
        Sample sample = new Sample();
        var core = sample.core(entry -> {});
        Map<UUID, PaymentState> payments = new HashMap<>();
        Set<UUID> seen = new HashSet<>();
        long accepted = 0;
        for (byte[] value : sample.values(EVENTS)) {
            core.post(value, 0, Sample.now());
            PaymentEvent event = sample.events().decode(value);
            UUID payment = Ids.toUuid(event.getPaymentId());
            if (!seen.add(Ids.toUuid(event.getEventId()))) {
                continue;
            }
            PeerRules.Posted posted = PeerRules.post(event, payments.get(payment));
            assertThat(posted).as(event.getType().name()).isNotNull();
            assertThat(posted.postings().stream().mapToLong(Posting::getAmount).sum())
                    .isZero();
            payments.put(payment, PaymentState.of(posted.state().toBytes()));
            accepted++;
        }
        assertThat(core.refused()).isEqualTo(EVENTS - accepted);
    }

    @Test
    void shouldKeepAPaymentInBytes() {
        UUID event = new UUID(1, 2);
        PaymentState state = new PaymentState(
                        100, 7, "clearing:acme", java.util.List.of(new Posting(100L, "fund:a")), java.util.List.of())
                .with(event);
        assertThat(PaymentState.of(state.toBytes())).isEqualTo(state);
    }
}
