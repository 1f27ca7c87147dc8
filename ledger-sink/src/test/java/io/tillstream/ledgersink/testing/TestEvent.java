package io.tillstream.ledgersink.testing;

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

/** Events with everything filled in; ids count up. */
public final class TestEvent {
    /** When every event of the tests happens. */
    public static final Instant OCCURRED = Instant.parse("2026-03-02T15:30:00.123456Z");

    private TestEvent() {}

    public static UUID id(long number) {
        return new UUID(0x8000_0000_0000_8000L, number);
    }

    /** An event of the payment; {@code number} gives its event id. */
    public static PaymentEvent event(
            String tenant, PaymentEventType type, long number, long payment, long amount, Item... items) {
        return PaymentEvent.newBuilder()
                .setEventId(Ids.toId(id(number)))
                .setPaymentId(Ids.toId(id(payment)))
                .setType(type)
                .setChannel(Channel.WEB)
                .setTender(Tender.CARD)
                .setEntryMode(EntryMode.ECOMMERCE)
                .setDeclineClass(DeclineClass.NONE)
                .setAvsResult(AvsResult.MATCH)
                .setCvvResult(CvvResult.MATCH)
                .setReceivedAt(OCCURRED.plusMillis(5))
                .setOccurredAt(OCCURRED)
                .setAmount(amount)
                .setConvenienceFee(0)
                .setCurrency("USD")
                .setTenant(tenant)
                .setProcessor("acme")
                .setItems(List.of(items))
                .setCard(new Card("fp_1", "411111", "1111", "VISA"))
                .setPayerReference("payer-1")
                .setClientReference("ref-" + number)
                .setSource(new Source("ip", "device", "page-7", "", "", "session"))
                .build();
    }

    public static Item item(String fund, String billAccount, long amount) {
        return new Item(BillType.UTILITY, amount, fund, billAccount);
    }
}
