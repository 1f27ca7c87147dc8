package io.tillstream.ingest.intake;

import java.util.List;

/** What the JSON says, field by field; null where it says nothing. Filled by the reader, read by the rules, then dropped. */
final class PaymentDraft {
    String idempotencyKey;
    String type;
    String paymentId;
    String tender;
    String occurredAt;
    String currency;
    Long amount;
    Long convenienceFee;
    String processor;
    List<ItemDraft> items;
    CardDraft card;
    String entryMode;
    String declineClass;
    String avsResult;
    String cvvResult;
    String payerReference;
    String clientReference;
    SourceDraft source;

    /** One bill item. */
    static final class ItemDraft {
        String billType;
        Long amount;
        String fund;
        String billAccount;
    }

    /** Card facts. */
    static final class CardDraft {
        String fingerprint;
        String bin;
        String lastFour;
        String brand;
    }

    /** Where the request came from. */
    static final class SourceDraft {
        String ip;
        String device;
        String pageVersion;
        String terminal;
        String cashier;
        String session;
    }
}
