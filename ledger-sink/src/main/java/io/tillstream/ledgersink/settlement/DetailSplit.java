package io.tillstream.ledgersink.settlement;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tillstream.ledgersink.settlement.BatchContents.PaymentDetail;
import java.util.ArrayList;
import java.util.List;

/**
 * One entry's movements as payment details. A movement on a fund is told item by item where the event's items of the fund add up
 * to it (a capture, a void, a refund of named items); where they do not (a refund pro rata), it is told as it is, with the bill
 * account only if there is but one.
 */
final class DetailSplit {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String FUND = "fund:";

    /** A posting as it counts in a settlement line. */
    record Movement(String account, String countsIn, long amount) {}

    private record Item(String fund, String billAccount, long amount) {}

    private DetailSplit() {}

    /**
     * Details in the order of movements and items.
     *
     * @param facts what all details of the entry have in common
     * @param itemsJson column items of ledger.entry, or null
     */
    static List<PaymentDetail> details(PaymentDetail facts, List<Movement> movements, String itemsJson) {
        List<Item> items = items(itemsJson);
        List<PaymentDetail> details = new ArrayList<>();
        for (Movement movement : movements) {
            String account = movement.account();
            String fund = account.startsWith(FUND) ? account.substring(FUND.length()) : "";
            List<Item> ofFund = take(items, fund, movement, movements);
            if (ofFund.isEmpty()) {
                details.add(detail(facts, movement, fund, onlyBillAccount(items, fund), movement.amount()));
            }
            for (Item item : ofFund) {
                long amount = movement.amount() < 0 ? -item.amount() : item.amount();
                details.add(detail(facts, movement, fund, item.billAccount(), amount));
            }
        }
        return details;
    }

    /** The items that one movement is made of; empty when they do not add up to it. Taken items are not taken again. */
    private static List<Item> take(List<Item> items, String fund, Movement movement, List<Movement> movements) {
        List<Item> ofFund =
                items.stream().filter(item -> item.fund().equals(fund)).toList();
        boolean isOnlyOne = movements.stream()
                        .filter(other -> other.account().equals(movement.account()))
                        .count()
                == 1;
        long wanted = Math.abs(movement.amount());
        if (isOnlyOne) {
            return ofFund.stream().mapToLong(Item::amount).sum() == wanted ? ofFund : List.of();
        }
        for (Item item : ofFund) {
            if (item.amount() == wanted) {
                items.remove(item);
                return List.of(item);
            }
        }
        return List.of();
    }

    private static String onlyBillAccount(List<Item> items, String fund) {
        List<String> accounts = items.stream()
                .filter(item -> item.fund().equals(fund))
                .map(Item::billAccount)
                .distinct()
                .toList();
        return accounts.size() == 1 ? accounts.get(0) : "";
    }

    /** In the city's sign: what comes in above 0. */
    private static PaymentDetail detail(
            PaymentDetail facts, Movement movement, String fund, String billAccount, long amount) {
        boolean isFee = movement.countsIn().equals("FEES");
        long gross = isFee ? 0 : movement.countsIn().equals("GROSS") ? amount : Math.negateExact(amount);
        long fee = isFee ? amount : 0;
        return new PaymentDetail(
                facts.batchId(),
                facts.paymentId(),
                facts.eventId(),
                facts.clientReference(),
                facts.channel(),
                facts.tender(),
                facts.occurredAt(),
                facts.recordedAt(),
                facts.eventType(),
                gross,
                fee,
                Math.subtractExact(gross, fee),
                facts.through(),
                movement.account(),
                fund,
                billAccount);
    }

    private static List<Item> items(String json) {
        List<Item> items = new ArrayList<>();
        if (json == null) {
            return items;
        }
        try {
            for (JsonNode item : JSON.readTree(json)) {
                items.add(new Item(
                        item.path("fund").asText(),
                        item.path("billAccount").asText(),
                        item.path("amount").asLong()));
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the database holds items that are not JSON", e);
        }
        return items;
    }
}
