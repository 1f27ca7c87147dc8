package io.tillstream.local.simulation;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillstream.schemas.BillType;
import io.tillstream.schemas.Channel;
import io.tillstream.schemas.Tender;
import java.util.List;
import java.util.Objects;

/**
 * What a payer pays, in minor units of the city's currency.
 *
 * @param items bills, each of another fund
 * @param fee convenience fee
 * @param overpaid money without a bill
 * @param card card facts as JSON, or null
 * @param source source facts as JSON
 * @param payer pseudonym of the payer
 */
record Capture(
        City city,
        Channel channel,
        Tender tender,
        List<Bill> items,
        long fee,
        long overpaid,
        ObjectNode card,
        ObjectNode source,
        String payer) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** One bill paid. */
    record Bill(BillType type, String fund, String account, long amount) {}

    Capture {
        Objects.requireNonNull(city, "city");
        Objects.requireNonNull(source, "source");
        items = List.copyOf(items);
    }

    /** All that the payer pays. */
    long amount() {
        return items.stream().mapToLong(Bill::amount).sum() + fee + overpaid;
    }

    /** The request body of the payment, of a type that has its bills: CAPTURED, AUTHORISED or DECLINED. */
    ObjectNode body(String type) {
        ObjectNode body = common(type, amount());
        if (fee > 0) {
            body.put("convenienceFee", fee);
        }
        body.set("items", itemsJson(items));
        if (card != null) {
            body.set("card", card.deepCopy());
            body.put("entryMode", entryMode());
        }
        body.put("payerReference", payer);
        body.set("source", source.deepCopy());
        return body;
    }

    /** The request body of an event that follows the capture. */
    ObjectNode followUp(String type, String paymentId, long amount) {
        return common(type, amount).put("paymentId", paymentId);
    }

    static ArrayNode itemsJson(List<Bill> bills) {
        ArrayNode items = JSON.createArrayNode();
        for (Bill bill : bills) {
            items.addObject()
                    .put("billType", bill.type().name())
                    .put("amount", bill.amount())
                    .put("fund", bill.fund())
                    .put("billAccount", bill.account());
        }
        return items;
    }

    private ObjectNode common(String type, long amount) {
        return JSON.createObjectNode()
                .put("type", type)
                .put("tender", tender.name())
                .put("currency", city.currency())
                .put("amount", amount);
    }

    private String entryMode() {
        return switch (channel) {
            case WEB -> "ECOMMERCE";
            case PHONE -> "KEYED";
            case COUNTER, KIOSK -> "CHIP";
            case MAIL -> "NONE";
        };
    }
}
