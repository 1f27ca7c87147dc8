package io.tillstream.ledgersink.settlement.files;

import java.util.Optional;

/** Service class codes: what kinds of entries a batch may hold. 200 may hold one kind only; we write the narrowest that fits. */
enum ServiceClass {
    MIXED(200),
    CREDITS_ONLY(220),
    DEBITS_ONLY(225);

    private final int code;

    ServiceClass(int code) {
        this.code = code;
    }

    /** The narrowest class that fits the entries. */
    static ServiceClass of(boolean credits, boolean debits) {
        if (credits && debits) {
            return MIXED;
        }
        return debits ? DEBITS_ONLY : CREDITS_ONLY;
    }

    static Optional<ServiceClass> of(long code) {
        for (ServiceClass value : values()) {
            if (value.code == code) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    int code() {
        return code;
    }

    boolean allows(TransactionCode transactionCode) {
        return switch (this) {
            case MIXED -> true;
            case CREDITS_ONLY -> transactionCode.isCredit();
            case DEBITS_ONLY -> !transactionCode.isCredit();
        };
    }
}
