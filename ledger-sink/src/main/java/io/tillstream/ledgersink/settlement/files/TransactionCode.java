package io.tillstream.ledgersink.settlement.files;

import java.util.Optional;

/**
 * Transaction codes of forward entries to checking and savings accounts. Returns (21, 26, 31, 36), prenotifications and
 * loan or ledger accounts do not occur in settlement.
 */
enum TransactionCode {
    CHECKING_CREDIT(22, true, true),
    /** Zero dollar with remittance data: CCD and CTX only; amount zero, one addenda must come with it. */
    CHECKING_ZERO_CREDIT(24, true, false),
    CHECKING_DEBIT(27, false, true),
    SAVINGS_CREDIT(32, true, true),
    SAVINGS_ZERO_CREDIT(34, true, false),
    SAVINGS_DEBIT(37, false, true);

    private final int code;
    private final boolean credit;
    private final boolean movesMoney;

    TransactionCode(int code, boolean credit, boolean movesMoney) {
        this.code = code;
        this.credit = credit;
        this.movesMoney = movesMoney;
    }

    static TransactionCode credit(boolean savings) {
        return savings ? SAVINGS_CREDIT : CHECKING_CREDIT;
    }

    static TransactionCode debit(boolean savings) {
        return savings ? SAVINGS_DEBIT : CHECKING_DEBIT;
    }

    static TransactionCode zero(boolean savings) {
        return savings ? SAVINGS_ZERO_CREDIT : CHECKING_ZERO_CREDIT;
    }

    static Optional<TransactionCode> of(long code) {
        for (TransactionCode value : values()) {
            if (value.code == code) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    int code() {
        return code;
    }

    /** Seen from the receiver, the city: a credit pays it, a debit takes from it. */
    boolean isCredit() {
        return credit;
    }

    boolean movesMoney() {
        return movesMoney;
    }
}
