package io.tillstream.schemas;

import java.math.BigDecimal;
import java.util.Currency;

/** Between long minor units and the decimals that people write. */
public final class Money {
    private Money() {}

    /** Digits after the point of a currency. @throws IllegalArgumentException if ISO 4217 does not know it */
    public static int digits(String currency) {
        int digits = Currency.getInstance(currency).getDefaultFractionDigits();
        if (digits < 0) {
            throw new IllegalArgumentException(currency + " is not money");
        }
        return digits;
    }

    /**
     * Minor units of a decimal such as {@code 12.34}.
     *
     * @throws ArithmeticException if it has more digits than the currency, or is out of range; never rounds
     * @throws NumberFormatException if it is no plain decimal number
     */
    public static long parse(String decimal, String currency) {
        return new BigDecimal(decimal.strip())
                .setScale(digits(currency))
                .unscaledValue()
                .longValueExact();
    }

    /** Plain decimal of minor units, such as {@code -0.05}. */
    public static String format(long minorUnits, String currency) {
        return BigDecimal.valueOf(minorUnits, digits(currency)).toPlainString();
    }
}
