package io.tillstream.ingest.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.schemas.AvsResult;
import io.tillstream.schemas.BillType;
import io.tillstream.schemas.Card;
import io.tillstream.schemas.Channel;
import io.tillstream.schemas.CvvResult;
import io.tillstream.schemas.DeclineClass;
import io.tillstream.schemas.EntryMode;
import io.tillstream.schemas.Ids;
import io.tillstream.schemas.Item;
import io.tillstream.schemas.PaymentEvent;
import io.tillstream.schemas.PaymentEventType;
import io.tillstream.schemas.Source;
import io.tillstream.schemas.Tender;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyHashTest {
    private static final Instant RECEIVED = Instant.parse("2026-11-22T12:00:00Z");

    /** Walks the schema, so that a field that is added later and forgotten in the hash fails here. */
    @Test
    void shouldChangeWithEveryFieldOfTheBodyAndOfItsParts() {
        BodyHash hash = BodyHash.of(event(), true);
        for (Schema.Field field : PaymentEvent.SCHEMA$.getFields()) {
            PaymentEvent changed = event();
            changed.put(field.pos(), otherValue(field, changed.get(field.pos())));
            boolean isOutside = List.of("eventId", "receivedAt", "source").contains(field.name());
            assertThat(BodyHash.of(changed, true).equals(hash)).as(field.name()).isEqualTo(isOutside);
        }
        for (Schema.Field field : Card.SCHEMA$.getFields()) {
            PaymentEvent changed = event();
            changed.getCard().put(field.pos(), "other");
            assertThat(BodyHash.of(changed, true)).as("card.%s", field.name()).isNotEqualTo(hash);
        }
        for (Schema.Field field : Item.SCHEMA$.getFields()) {
            PaymentEvent changed = event();
            Item item = changed.getItems().get(0);
            item.put(field.pos(), otherValue(field, item.get(field.pos())));
            assertThat(BodyHash.of(changed, true)).as("item.%s", field.name()).isNotEqualTo(hash);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 7})
    void shouldNotCountTheTimeWhenItIsTheTimeOfReceipt(long secondsLater) {
        PaymentEvent first = event();
        first.setOccurredAt(first.getReceivedAt());
        PaymentEvent later = event();
        later.setReceivedAt(RECEIVED.plusSeconds(secondsLater));
        later.setOccurredAt(later.getReceivedAt());

        assertThat(BodyHash.of(later, true)).isEqualTo(BodyHash.of(first, true));
    }

    /** A tenant changes its processor between a request and its retry. */
    @Test
    void shouldNotCountTheProcessorWhenTheClientDidNotNameIt() {
        PaymentEvent retry = event();
        retry.setProcessor("acme");

        assertThat(BodyHash.of(retry, false)).isEqualTo(BodyHash.of(event(), false));
        assertThat(BodyHash.of(retry, true)).isNotEqualTo(BodyHash.of(event(), true));
    }

    @Test
    void shouldTellTextsThatJoinToTheSame() {
        PaymentEvent one = event();
        one.setPayerReference("ab");
        one.setClientReference("c");
        PaymentEvent other = event();
        other.setPayerReference("a");
        other.setClientReference("bc");

        assertThat(BodyHash.of(one, true)).isNotEqualTo(BodyHash.of(other, true));
    }

    private static Object otherValue(Schema.Field field, Object value) {
        if (value instanceof String) {
            return "other";
        }
        if (value instanceof Long number) {
            return number + 1;
        }
        if (value instanceof Instant time) {
            return time.plusSeconds(60);
        }
        if (value instanceof Enum<?> constant) {
            Object[] all = constant.getDeclaringClass().getEnumConstants();
            return all[0] == value ? all[1] : all[0];
        }
        return switch (field.name()) {
            case "eventId", "paymentId" -> Ids.toId(new UUID(9, 9));
            case "items" -> List.of();
            case "card" -> null;
            case "source" -> new Source("x", "", "", "", "", "");
            default -> throw new AssertionError("no other value for " + field.name());
        };
    }

    private static PaymentEvent event() {
        return new PaymentEvent(
                Ids.toId(new UUID(1, 1)),
                Ids.toId(new UUID(1, 2)),
                PaymentEventType.CAPTURED,
                Channel.WEB,
                Tender.CARD,
                EntryMode.ECOMMERCE,
                DeclineClass.NONE,
                AvsResult.NONE,
                CvvResult.NONE,
                RECEIVED,
                RECEIVED.minusSeconds(10),
                100L,
                5L,
                "USD",
                "springfield",
                "nova",
                List.of(new Item(BillType.FINE, 95L, "water", "1")),
                new Card("fp", "411111", "1111", "VISA"),
                "payer",
                "client",
                new Source("", "", "", "", "", ""));
    }
}
