package io.tillstream.local.tenants;

import io.tillstream.local.yaml.Fields;
import io.tillstream.local.yaml.Parsers;
import io.tillstream.schemas.BankDetails;
import java.util.Set;

/** Reads {@code bank}: the NACHA fields of a city's settlement, by the standard's lengths. */
final class BankReader {
    private static final Set<String> RESERVED_DESCRIPTIONS = Set.of("PAYROLL", "PURCHASE", "REVERSAL");
    private static final int[] ROUTING_WEIGHTS = {3, 7, 1};

    private BankReader() {}

    static BankDetails read(Fields fields) {
        String destination = fields.required("immediateDestination", BankReader::routingNumber);
        String destinationName = fields.required("immediateDestinationName", Parsers.text(23));
        String origin = fields.required("immediateOrigin", Parsers.matching("\\d{9,10}", "9 or 10 digits"));
        String originName = fields.required("immediateOriginName", Parsers.text(23));
        String companyName = fields.required("companyName", Parsers.text(16));
        String companyId =
                fields.required("companyId", Parsers.matching("[0-9A-Z]{9,10}", "9 or 10 digits or letters"));
        String odfi = fields.required("odfi", Parsers.matching("\\d{8}", "8 digits"));
        String routing = fields.required("routingNumber", BankReader::routingNumber);
        String account = fields.required(
                "accountNumber", Parsers.matching("[0-9A-Za-z-]{1,17}", "1 to 17 digits, letters or dashes"));
        String accountName = fields.required("accountName", Parsers.text(22));
        Boolean savings = fields.optional("savings", false, Parsers::truth);
        String description = fields.optional("entryDescription", "SETTLEMENT", BankReader::entryDescription);
        return fields.complete(() -> new BankDetails(
                destination,
                destinationName,
                origin,
                originName,
                companyName,
                companyId,
                odfi,
                routing,
                account,
                accountName,
                savings,
                description));
    }

    /** Nine digits of which the last checks the others: weights 3, 7, 1, sum a multiple of ten (ABA). */
    static String routingNumber(String value) {
        int sum = 0;
        boolean digits = value.matches("\\d{9}");
        for (int i = 0; digits && i < value.length(); i++) {
            sum += ROUTING_WEIGHTS[i % ROUTING_WEIGHTS.length] * (value.charAt(i) - '0');
        }
        if (!digits || sum == 0 || sum % 10 != 0) {
            throw new IllegalArgumentException("expected a routing number: 9 digits whose last is the check digit");
        }
        return value;
    }

    private static String entryDescription(String value) {
        String description = Parsers.text(10).apply(value);
        if (RESERVED_DESCRIPTIONS.contains(description)) {
            throw new IllegalArgumentException(description + " is reserved by NACHA");
        }
        return description;
    }
}
