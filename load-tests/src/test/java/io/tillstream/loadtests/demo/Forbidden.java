package io.tillstream.loadtests.demo;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds in a text what must never leave a payer's request (I9): a card number, or the address or device of the demo's payers. Says
 * what it found and never repeats it. Written apart from ingest's card guard, so that the two can't be blind together.
 */
final class Forbidden {
    /** Ids and hashes are judged by their form: hexadecimal with a letter, at least as long as an MD5. */
    private static final Pattern OPAQUE = Pattern.compile(
            "(?<![0-9A-Za-z])(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?=[0-9]*[a-f])[0-9a-f]{32,128})(?![0-9A-Za-z])");

    /** Directories of tests and of a database that is being made have random numbers of 19 digits: one in ten is valid by Luhn. */
    private static final Pattern DIRECTORY = Pattern.compile("(?<=/)(?:junit-|pgdata-incomplete)[0-9]+(?![0-9])");

    private static final Pattern DIGITS =
            Pattern.compile("(?<![0-9])(?:[0-9]{13,19}|(?:[0-9]{4}[ -]){3}[0-9]{1,7})(?![0-9])");

    /** How the numbers of the card networks begin: Mastercard, American Express, Diners, JCB, Discover, UnionPay, Maestro, Visa. */
    private static final Pattern NETWORK =
            Pattern.compile("(?:4|5[0-9]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720|3[4-9]|30[0-59]|6).*");

    /** As the demo draws them; see Payers. */
    private static final Pattern ADDRESS = Pattern.compile("(?<![0-9.])10(?:\\.[0-9]{1,3}){3}(?![0-9.])");

    private static final Pattern DEVICE = Pattern.compile("device-[a-z]{12}");

    private Forbidden() {}

    /** What is in the text that must not be, in words that do not repeat it. */
    static Optional<String> in(CharSequence text) {
        if (ADDRESS.matcher(text).find()) {
            return Optional.of("a payer's address");
        }
        if (DEVICE.matcher(text).find()) {
            return Optional.of("a payer's device");
        }
        String judged = DIRECTORY.matcher(OPAQUE.matcher(text).replaceAll("#")).replaceAll("#");
        Matcher digits = DIGITS.matcher(judged);
        while (digits.find()) {
            String number = digits.group().replaceAll("[ -]", "");
            if (NETWORK.matcher(number).matches() && passesLuhn(number)) {
                return Optional.of("a card number of " + number.length() + " digits");
            }
        }
        return Optional.empty();
    }

    static boolean passesLuhn(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int weighed = i % 2 == 0 ? digit : 2 * digit;
            sum += weighed > 9 ? weighed - 9 : weighed;
        }
        return sum % 10 == 0;
    }
}
