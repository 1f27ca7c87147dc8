package io.tillstream.ingest.cardguard;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Forms of bill account numbers that a city has declared because they would be taken for card numbers: 13 to 19 digits, a first
 * digit like a network's, and one in ten passes Luhn by chance. A form has {@code #} for any digit; all else stands for
 * itself. Its first four digits have to be written out, so that at most the cards of a few issuers fit it.
 */
public final class AccountFormats {
    /** No city has declared any. */
    public static final AccountFormats NONE = new AccountFormats(Map.of());

    private static final int FIXED_DIGITS_MIN = 4;

    private final Map<String, List<String>> formatsByTenant;

    private AccountFormats(Map<String, List<String>> formatsByTenant) {
        this.formatsByTenant = formatsByTenant;
    }

    /**
     * Formats written as {@code tenant=format}, for example {@code springfield=4000-########-##}.
     *
     * @throws IllegalArgumentException if an entry has no tenant, or its format does not begin with four fixed digits
     */
    public static AccountFormats of(List<String> entries) {
        Map<String, List<String>> formats = new HashMap<>();
        for (String entry : entries) {
            int equals = entry.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("an account format is written tenant=format");
            }
            String format = entry.substring(equals + 1);
            requireFixedStart(format);
            formats.computeIfAbsent(entry.substring(0, equals), tenant -> new ArrayList<>())
                    .add(format);
        }
        return new AccountFormats(formats);
    }

    private static void requireFixedStart(String format) {
        int fixed = 0;
        for (int i = 0; i < format.length() && format.charAt(i) != '#'; i++) {
            fixed += Character.isDigit(format.charAt(i)) ? 1 : 0;
        }
        if (fixed < FIXED_DIGITS_MIN) {
            throw new IllegalArgumentException(
                    "the account format " + format + " must begin with at least " + FIXED_DIGITS_MIN + " fixed digits");
        }
    }

    /** True if the tenant has declared a format that the account number has. */
    boolean fit(String tenant, String account) {
        for (String format : formatsByTenant.getOrDefault(tenant, List.of())) {
            if (fits(format, account)) {
                return true;
            }
        }
        return false;
    }

    private static boolean fits(String format, String account) {
        if (format.length() != account.length()) {
            return false;
        }
        for (int i = 0; i < format.length(); i++) {
            char wanted = format.charAt(i);
            char found = account.charAt(i);
            if (wanted == '#' ? found < '0' || found > '9' : found != wanted) {
                return false;
            }
        }
        return true;
    }
}
