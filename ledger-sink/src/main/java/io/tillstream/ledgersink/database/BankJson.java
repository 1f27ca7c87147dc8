package io.tillstream.ledgersink.database;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillstream.schemas.BankDetails;

/** Bank details as the jsonb columns hold them, under the names of Tenant.avsc. */
public final class BankJson {
    private static final JsonMapper JSON = new JsonMapper();

    private BankJson() {}

    public static String write(BankDetails bank) {
        ObjectNode json = JSON.createObjectNode();
        json.put("immediateDestination", bank.getImmediateDestination());
        json.put("immediateDestinationName", bank.getImmediateDestinationName());
        json.put("immediateOrigin", bank.getImmediateOrigin());
        json.put("immediateOriginName", bank.getImmediateOriginName());
        json.put("companyName", bank.getCompanyName());
        json.put("companyId", bank.getCompanyId());
        json.put("odfi", bank.getOdfi());
        json.put("routingNumber", bank.getRoutingNumber());
        json.put("accountNumber", bank.getAccountNumber());
        json.put("accountName", bank.getAccountName());
        json.put("savings", bank.getSavings());
        json.put("entryDescription", bank.getEntryDescription());
        return json.toString();
    }

    public static BankDetails read(String text) {
        JsonNode json = tree(text);
        return new BankDetails(
                json.path("immediateDestination").asText(),
                json.path("immediateDestinationName").asText(),
                json.path("immediateOrigin").asText(),
                json.path("immediateOriginName").asText(),
                json.path("companyName").asText(),
                json.path("companyId").asText(),
                json.path("odfi").asText(),
                json.path("routingNumber").asText(),
                json.path("accountNumber").asText(),
                json.path("accountName").asText(),
                json.path("savings").asBoolean(),
                json.path("entryDescription").asText());
    }

    private static JsonNode tree(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the database holds bank details that are not JSON", e);
        }
    }
}
