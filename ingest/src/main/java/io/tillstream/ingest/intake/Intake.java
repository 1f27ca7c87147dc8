package io.tillstream.ingest.intake;

import io.tillstream.ingest.auth.Caller;
import io.tillstream.ingest.cardguard.CardFound;
import io.tillstream.ingest.cardguard.CardGuard;
import io.tillstream.ingest.idempotency.BodyHash;
import io.tillstream.ingest.idempotency.RecentKeys;
import io.tillstream.ingest.idempotency.Remembered;
import io.tillstream.ingest.limits.InFlight;
import io.tillstream.ingest.publish.EventPublisher;
import io.tillstream.ingest.tenants.TenantDirectory;
import io.tillstream.schemas.Ids;
import io.tillstream.schemas.PaymentEvent;
import io.tillstream.schemas.PaymentIds;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes one event in: guard, read, judge, suspension, memory, publish. Blocks no thread: the answer is given at once where it is
 * known, else when the broker has answered or the publisher's time is over.
 */
public final class Intake {
    private static final Logger log = LoggerFactory.getLogger(Intake.class);

    /** Longest Idempotency-Key. */
    public static final int KEY_MAX = 200;

    private static final String KEY_IN_HEADER = "Idempotency-Key";
    private static final String KEY_IN_BODY = "idempotencyKey";

    private final Parts parts;
    private final PaymentRules rules;

    /** What an intake works with. */
    public record Parts(
            CardGuard guard,
            CardAlarm alarm,
            SourceHashes hashes,
            TenantDirectory directory,
            RecentKeys recent,
            InFlight inFlight,
            EventPublisher publisher,
            EventCounters counters,
            InstantSource clock) {}

    /** An event, and what tells a retry of it from another one. */
    private record Judged(PaymentEvent event, BodyHash bodyHash) {}

    public Intake(Parts parts) {
        this.parts = parts;
        this.rules = new PaymentRules(parts.hashes());
    }

    /** Takes an event in and gives its answer to {@code client} exactly once, on this thread or on the publisher's. */
    public void take(Submission submission, Consumer<Answer> client) {
        Caller caller = submission.caller();
        String tenant = caller.tenant().tenant();
        Consumer<Answer> counted = answer -> {
            parts.counters().count(tenant, caller.channel(), answer.outcome());
            client.accept(answer);
        };
        int length = submission.to() - submission.from();
        Optional<CardFound> card = parts.guard().inBody(submission.bytes(), submission.from(), submission.to(), tenant);
        if (card.isPresent()) {
            parts.alarm().raise(card.get(), tenant, length);
            counted.accept(Answer.cardNumber(card.get().field()));
            return;
        }
        Judged judged;
        try {
            judged = judge(submission);
        } catch (InvalidPaymentException e) {
            counted.accept(Answer.of(e));
            return;
        }
        Optional<String> suspension = parts.directory()
                .suspension(tenant, caller.channel(), judged.event().getTender());
        if (suspension.isPresent()) {
            counted.accept(Answer.suspended(suspension.get()));
            return;
        }
        publishOnce(judged, counted);
    }

    /** Counts an event that was refused before it came here, and hands its answer on. */
    public Answer refused(Caller caller, Answer answer) {
        parts.counters().count(caller.tenant().tenant(), caller.channel(), answer.outcome());
        return answer;
    }

    private Judged judge(Submission submission) throws InvalidPaymentException {
        boolean isLine = submission.key() == null;
        PaymentDraft draft = DraftReader.read(submission.bytes(), submission.from(), submission.to(), isLine);
        String key = isLine ? draft.idempotencyKey : submission.key();
        checkKey(isLine ? KEY_IN_BODY : KEY_IN_HEADER, key);
        Caller caller = submission.caller();
        UUID eventId = PaymentIds.eventId(caller.tenant().tenant(), caller.channel(), key);
        PaymentEvent event = rules.judge(
                draft,
                new PaymentRules.Origin(
                        caller.tenant(),
                        caller.channel(),
                        eventId,
                        parts.clock().instant()));
        return new Judged(event, BodyHash.of(event, draft.processor != null));
    }

    private static void checkKey(String field, String key) throws InvalidPaymentException {
        if (key == null || key.isBlank()) {
            throw InvalidPaymentException.invalid(field, "is required");
        }
        TextRule.HEADER.check(field, key, KEY_MAX);
    }

    @SuppressWarnings("ReferenceEquality") // whether it is this very one
    private void publishOnce(Judged judged, Consumer<Answer> client) {
        if (!parts.inFlight().tryEnter()) {
            client.accept(Answer.of(Outcome.BUSY));
            return;
        }
        Consumer<Answer> leaving = answer -> {
            parts.inFlight().leave();
            client.accept(answer);
        };
        PaymentEvent event = judged.event();
        UUID eventId = Ids.toUuid(event.getEventId());
        UUID paymentId = Ids.toUuid(event.getPaymentId());
        Remembered mine = new Remembered(judged.bodyHash());
        Remembered first = parts.recent().remember(eventId, mine);
        if (!first.hasBody(judged.bodyHash())) {
            leaving.accept(Answer.conflicting(eventId));
            return;
        }
        boolean isFirst = first == mine;
        Answer good = isFirst ? Answer.accepted(eventId, paymentId) : Answer.repeated(eventId, paymentId);
        // The answers wait on the first one's outcome, so that no repeat is told 202 before the broker has it.
        first.whenTold(isAcknowledged -> leaving.accept(isAcknowledged ? good : Answer.of(Outcome.BROKER_UNAVAILABLE)));
        if (isFirst) {
            publish(event, eventId, paymentId, mine);
        }
    }

    private void publish(PaymentEvent event, UUID eventId, UUID paymentId, Remembered mine) {
        Remembered.Waiter outcome = isAcknowledged -> {
            if (!isAcknowledged) {
                parts.recent().forget(eventId, mine);
            }
            mine.tell(isAcknowledged);
        };
        try {
            parts.publisher().publish(event, paymentId, outcome::told);
        } catch (RuntimeException e) {
            // Told, or all that wait for this key would wait for ever. The text of the exception may hold a value.
            log.error("Publishing failed: {} at {}", e.getClass().getName(), e.getStackTrace());
            outcome.told(false);
        }
    }
}
