package io.tillstream.ledgersink.testing;

import io.tillstream.schemas.Item;
import io.tillstream.schemas.JournalEntry;
import io.tillstream.schemas.PaymentEvent;
import io.tillstream.schemas.PaymentEventType;
import io.tillstream.schemas.SettlementBatch;
import io.tillstream.schemas.Tender;

/** A tenant's day in a script, with an event of every kind, spread over the partitions. */
public final class City {
    private final JournalScript script;
    private final String tenant;
    private final int partitions;
    private long number;

    /** @param firstNumber ids count up from here; keep cities apart */
    public City(JournalScript script, String tenant, int partitions, long firstNumber) {
        this.script = script;
        this.tenant = tenant;
        this.partitions = partitions;
        this.number = firstNumber;
    }

    /** One of everything: captures, fee, void, refund, disputes, return, deposit, funding, attempts, parked events. */
    public void day() {
        for (int i = 0; i < partitions; i++) {
            capture(i, 100_00 + i, "acme");
        }
        card(0, PaymentEventType.AUTHORISED, 500);
        card(1, PaymentEventType.DECLINED, 100);
        card(2, PaymentEventType.ENROLLED, 0);
        card(1, PaymentEventType.CAPTURED, 70_00, "clearing:bolt", 70_00L, "unapplied", -70_00L);
        card(1, PaymentEventType.VOIDED, 70_00, "unapplied", 70_00L, "clearing:bolt", -70_00L);
        card(2, PaymentEventType.REFUNDED, 30_00, "fund:water", 20_00L, "fund:park", 10_00L, "clearing:acme", -30_00L);
        card(0, PaymentEventType.CHARGED_BACK, 50_00, "dispute", 50_00L, "clearing:acme", -50_00L);
        card(0, PaymentEventType.CHARGEBACK_WON, 20_00, "clearing:acme", 20_00L, "dispute", -20_00L);
        card(0, PaymentEventType.CHARGEBACK_LOST, 30_00, "fund:water", 30_00L, "dispute", -30_00L);
        card(2, PaymentEventType.RETURNED, 5_00, "fund:park", 5_00L, "clearing:acme", -5_00L);
        card(1, PaymentEventType.PROCESSOR_FEE, 2_50, "processor-fee", 2_50L, "clearing:acme", -2_50L);
        JournalEntry parked = script.park(2, event(PaymentEventType.REFUNDED, 1_00));
        script.release(2, parked, "clearing:acme", "fund:water", 1_00L, "clearing:acme", -1_00L);
        script.refuse(0, script.park(0, event(PaymentEventType.REFUNDED, 9_00)));
        cash();
    }

    /** A capture of a water bill, a park fee and a convenience fee through a processor. */
    public void capture(int partition, long amount, String processor) {
        long water = amount - 50_00;
        Item[] items = {
            TestEvent.item("water", "W-" + number, water - 1_00),
            TestEvent.item("water", "W2", 1_00),
            TestEvent.item("park", "P-1", 47_00)
        };
        PaymentEvent event = TestEvent.event(tenant, PaymentEventType.CAPTURED, number, number, amount, items);
        number++;
        event.setConvenienceFee(3_00);
        script.record(
                partition,
                event,
                "clearing:" + processor,
                "clearing:" + processor,
                amount,
                "fund:water",
                -water,
                "fund:park",
                -47_00L,
                "convenience-fee",
                -3_00L);
    }

    /** A FUNDED event that names the batch. */
    public void fund(SettlementBatch batch, long amount) {
        PaymentEvent event = event(PaymentEventType.FUNDED, amount);
        event.setClientReference(batch.getBatchId());
        script.record(0, event, "in-transit:acme", "bank", amount, "in-transit:acme", -amount);
    }

    private void card(int partition, PaymentEventType type, long amount, Object... postings) {
        String through = "";
        for (int i = 0; i < postings.length; i += 2) {
            through = postings[i].toString().startsWith("clearing:") ? postings[i].toString() : through;
        }
        // A lost dispute moves nothing on clearing; the entry names the payment's all the same.
        through = type == PaymentEventType.CHARGEBACK_LOST ? "clearing:acme" : through;
        script.record(partition % partitions, event(type, amount), through, postings);
    }

    private void cash() {
        PaymentEvent paid = event(PaymentEventType.CAPTURED, 12_00);
        paid.setTender(Tender.CASH);
        script.record(0, paid, "till:COUNTER", "till:COUNTER", 12_00L, "fund:park", -12_00L);
        PaymentEvent deposited = event(PaymentEventType.DEPOSITED, 12_00);
        deposited.setTender(Tender.CASH);
        script.record(0, deposited, "till:COUNTER", "bank", 12_00L, "till:COUNTER", -12_00L);
    }

    private PaymentEvent event(PaymentEventType type, long amount) {
        PaymentEvent event = TestEvent.event(tenant, type, number, number, amount);
        number++;
        return event;
    }
}
