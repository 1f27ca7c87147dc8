package io.tillstream.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tillstream.ingest.tenants.Cities;
import io.tillstream.schemas.AvsResult;
import io.tillstream.schemas.BillType;
import io.tillstream.schemas.Card;
import io.tillstream.schemas.Channel;
import io.tillstream.schemas.CvvResult;
import io.tillstream.schemas.DeclineClass;
import io.tillstream.schemas.EntryMode;
import io.tillstream.schemas.Ids;
import io.tillstream.schemas.Item;
import io.tillstream.schemas.PaymentEvent;
import io.tillstream.schemas.PaymentEventType;
import io.tillstream.schemas.Source;
import io.tillstream.schemas.Tender;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaymentRulesTest {
    private static final UUID EVENT_ID = UUID.fromString("6f1c2d3e-0000-8000-8000-000000000001");
    private static final String PAYMENT = "6f1c2d3e-0000-8000-8000-0000000000ff";
    private static final Instant RECEIVED = Instant.parse("2026-11-22T12:00:00.123456Z");
    private static final SourceHashes HASHES =
            new SourceHashes("a key of at least thirty-two characters".getBytes(StandardCharsets.UTF_8));

    private final PaymentRules rules = new PaymentRules(HASHES);

    @Test
    void shouldMakeEventOfAllFields() throws InvalidPaymentException {
        PaymentEvent event = judge(Bodies.CAPTURE, Channel.WEB);

        assertThat(event)
                .isEqualTo(new PaymentEvent(
                        Ids.toId(EVENT_ID),
                        Ids.toId(EVENT_ID),
                        PaymentEventType.CAPTURED,
                        Channel.WEB,
                        Tender.CARD,
                        EntryMode.ECOMMERCE,
                        DeclineClass.NONE,
                        AvsResult.MATCH,
                        CvvResult.MATCH,
                        RECEIVED,
                        Instant.parse("2026-11-22T10:15:30Z"),
                        12345L,
                        250L,
                        "USD",
                        "springfield",
                        "nova",
                        List.of(new Item(BillType.UTILITY, 12095L, "water", "00123456")),
                        new Card("fp_1a2b3c4d5e6f", "411111", "1111", "VISA"),
                        "payer-77",
                        "invoice 4711",
                        new Source(
                                HASHES.ofAddress("203.0.113.7").orElseThrow(),
                                HASHES.ofDevice("device-1"),
                                "v12",
                                "",
                                "",
                                "s-1")));
    }

    @Test
    void shouldFillInDefaultsWhenFieldsAreLeftOut() throws InvalidPaymentException {
        PaymentEvent event = judge(Bodies.SHORT, Channel.COUNTER);

        assertThat(event.getOccurredAt()).isEqualTo(RECEIVED);
        assertThat(event.getProcessor()).isEqualTo("nova");
        assertThat(event.getConvenienceFee()).isZero();
        assertThat(event.getItems()).isEmpty();
        assertThat(event.getCard()).isNull();
        assertThat(event.getSource()).isEqualTo(new Source("", "", "", "", "", ""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
            FIELD                    | VALUE                                  | NAMED                | REASON
            /type                    | ''                                     | type                 | is required
            /type                    | "PAID"                                 | type                 | is not one of AUTHORISED
            /type                    | 7                                      | type                 | is not a string
            /type                    | null                                   | type                 | is required
            /tender                  | ''                                     | tender               | is required
            /tender                  | "GOLD"                                 | tender               | is not one of CARD
            /paymentId               | "4711"                                 | paymentId            | is not a UUID
            /paymentId               | "6f1c2d3e-0000-8000-8000-00000000000g" | paymentId            | is not a UUID
            /paymentId               | "00000000-0000-0000-0000-000000000000" | paymentId            | is the nil UUID
            /occurredAt              | "yesterday"                            | occurredAt           | is not a time with offset
            /occurredAt              | "2026-11-22T10:15:30"                  | occurredAt           | is not a time with offset
            /occurredAt              | 1795342530                             | occurredAt           | is not a string
            /occurredAt              | "2026-11-22T12:05:01Z"                 | occurredAt           | is more than 5 minutes ahead
            /occurredAt              | "1999-12-31T23:59:59Z"                 | occurredAt           | is before 2000-01-01
            /occurredAt              | "+999999999-12-31T23:59:59Z"           | occurredAt           | is more than 5 minutes ahead
            /currency                | ''                                     | currency             | is required
            /currency                | "usd"                                  | currency             | is not an ISO 4217 code
            /currency                | "USDT"                                 | currency             | is not an ISO 4217 code
            /currency                | "XAU"                                  | currency             | is not money
            /amount                  | ''                                     | amount               | is required
            /amount                  | "100"                                  | amount               | is not a whole number
            /amount                  | 1.5                                    | amount               | is not a whole number
            /amount                  | 1e3                                    | amount               | is not a whole number
            /amount                  | 9223372036854775808                    | amount               | does not fit 64 bits
            /convenienceFee          | -1                                     | convenienceFee       | is negative
            /processor               | "other"                                | processor            | is not one of the tenant's
            /items                   | {}                                     | items                | is not an array
            /items/0                 | 7                                      | items[0]             | is not an object
            /items/0/amount          | ''                                     | items[0].amount      | is required
            /items/0/amount          | 0                                      | items[0].amount      | is not positive
            /items/0/amount          | -5                                     | items[0].amount      | is not positive
            /items/0/billType        | "RENT"                                 | items[0].billType    | is not one of UTILITY
            /items/0/fund            | ''                                     | items[0].fund        | is required
            /items/0/fund            | "parking"                              | items[0].fund        | is not one of the tenant's
            /items/0/billAccount     | "a<b"                                  | items[0].billAccount | takes only
            /items/0/payer           | "x"                                    | items[0].payer       | is not a known field
            /card                    | "x"                                    | card                 | is not an object
            /card/fingerprint        | ''                                     | card.fingerprint     | is required
            /card/fingerprint        | "1234567"                              | card.fingerprint     | is required
            /card/bin                | "12345"                                | card.bin             | has 6 to 8 digits
            /card/bin                | "123456789"                            | card.bin             | has 6 to 8 digits
            /card/lastFour           | "111"                                  | card.lastFour        | has 4 digits
            /card/expiry             | "12/28"                                | card.expiry          | is not a known field
            /card/cvv                | "123"                                  | card.cvv             | is not a known field
            /entryMode               | "GUESSED"                              | entryMode            | is not one of NONE
            /declineClass            | "OTHER"                                | declineClass         | is taken for DECLINED only
            /avsResult               | "MAYBE"                                | avsResult            | is not one of NONE
            /cvvResult               | "MAYBE"                                | cvvResult            | is not one of NONE
            /payerReference          | "jane@example.com"                     | payerReference       | takes only
            /payerReference          | "Jane Doe"                             | payerReference       | takes only
            /clientReference         | "a\\u0000b"                            | clientReference      | takes only
            /source/ip               | "example.com"                          | source.ip            | is not an IP address
            /source/ip               | "203.0.113.256"                        | source.ip            | is not an IP address
            /source/ip               | "2001:db8::zz"                         | source.ip            | is not an IP address
            /source/cookie           | "x"                                    | source.cookie        | is not a known field
            /tenant                  | "shelbyville"                          | tenant               | is not a known field
            /channel                 | "MAIL"                                 | channel              | is not a known field
            /idempotencyKey          | "k"                                    | idempotencyKey       | is not a known field
            """)
    void shouldNameFieldWhenItIsWrong(String field, String value, String named, String reason) {
        InvalidPaymentException refusal = refusal(Bodies.with(Bodies.CAPTURE, field, value), Channel.WEB);

        assertThat(refusal.field()).isEqualTo(named);
        assertThat(refusal.reason()).startsWith(reason);
        assertThat(refusal.isForbidden()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
            FIELD,                LONGEST, NAMED
            /payerReference,      64,      payerReference
            /clientReference,     128,     clientReference
            /items/0/billAccount, 64,      items[0].billAccount
            /card/fingerprint,    64,      card.fingerprint
            /card/brand,          40,      card.brand
            /source/device,       512,     source.device
            /source/pageVersion,  64,      source.pageVersion
            /source/terminal,     64,      source.terminal
            /source/cashier,      64,      source.cashier
            /source/session,      128,     source.session
            """)
    void shouldBoundTexts(String field, int longest, String named) throws InvalidPaymentException {
        judge(Bodies.with(Bodies.CAPTURE, field, "\"" + "a".repeat(longest) + "\""), Channel.WEB);

        String tooLong = Bodies.with(Bodies.CAPTURE, field, "\"" + "a".repeat(longest + 1) + "\"");
        assertThat(refusal(tooLong, Channel.WEB).field()).isEqualTo(named);
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
            TYPE,            TENDER, CHANNEL, NAMES_PAYMENT, RESULT
            AUTHORISED,      CARD,   WEB,     false,         taken
            AUTHORISED,      CARD,   WEB,     true,          taken
            AUTHORISED,      CASH,   COUNTER, false,         tender
            DECLINED,        ECHECK, PHONE,   false,         taken
            DECLINED,        CHECK,  MAIL,    false,         tender
            ENROLLED,        CARD,   WEB,     false,         taken
            CAPTURED,        CARD,   WEB,     false,         taken
            CAPTURED,        CARD,   WEB,     true,          taken
            CAPTURED,        ECHECK, PHONE,   false,         taken
            CAPTURED,        CASH,   COUNTER, false,         taken
            CAPTURED,        CASH,   KIOSK,   false,         taken
            CAPTURED,        CHECK,  MAIL,    false,         taken
            CAPTURED,        CASH,   WEB,     false,         forbidden tender
            CAPTURED,        CHECK,  PHONE,   false,         forbidden tender
            VOIDED,          CASH,   COUNTER, true,          taken
            VOIDED,          CASH,   COUNTER, false,         paymentId
            REFUNDED,        CARD,   WEB,     true,          taken
            REFUNDED,        CARD,   WEB,     false,         paymentId
            CHARGED_BACK,    CARD,   WEB,     true,          taken
            CHARGED_BACK,    CARD,   WEB,     false,         paymentId
            CHARGED_BACK,    CASH,   WEB,     true,          tender
            CHARGEBACK_WON,  CARD,   WEB,     true,          taken
            CHARGEBACK_WON,  CARD,   WEB,     false,         paymentId
            CHARGEBACK_LOST, CARD,   WEB,     true,          taken
            CHARGEBACK_LOST, CARD,   WEB,     false,         paymentId
            RETURNED,        ECHECK, WEB,     true,          taken
            RETURNED,        CHECK,  MAIL,    true,          taken
            RETURNED,        CARD,   WEB,     true,          tender
            RETURNED,        ECHECK, WEB,     false,         paymentId
            PROCESSOR_FEE,   CARD,   COUNTER, false,         taken
            PROCESSOR_FEE,   CARD,   WEB,     false,         forbidden type
            DEPOSITED,       CASH,   COUNTER, false,         taken
            DEPOSITED,       CHECK,  MAIL,    false,         taken
            DEPOSITED,       CASH,   WEB,     false,         forbidden type
            DEPOSITED,       CASH,   COUNTER, true,          paymentId
            DEPOSITED,       CARD,   COUNTER, false,         tender
            FUNDED,          CARD,   MAIL,    false,         taken
            FUNDED,          CARD,   KIOSK,   false,         forbidden type
            FUNDED,          CARD,   COUNTER, true,          paymentId
            """)
    void shouldJudgeTypeByTenderChannelAndPayment(
            String type, String tender, Channel channel, boolean namesPayment, String result) {
        String body = Bodies.with(Bodies.SHORT, "/type", "\"" + type + "\"");
        body = Bodies.with(body, "/tender", "\"" + tender + "\"");
        body = type.equals("DECLINED") ? Bodies.with(body, "/declineClass", "\"OTHER\"") : body;
        body = namesPayment ? Bodies.with(body, "/paymentId", "\"" + PAYMENT + "\"") : body;

        assertThat(resultOf(body, channel)).isEqualTo(result);
    }

    @ParameterizedTest
    @CsvSource({"-1", "0", "9223372036854775807", "-9223372036854775808"})
    void shouldLeaveAmountToPosting(long amount) throws InvalidPaymentException {
        PaymentEvent event = judge(Bodies.with(Bodies.SHORT, "/amount", Long.toString(amount)), Channel.WEB);

        assertThat(event.getAmount()).isEqualTo(amount);
    }

    @Test
    void shouldLeaveItemsAboveAmountAndForeignCurrencyToPosting() throws InvalidPaymentException {
        String body = Bodies.with(Bodies.CAPTURE, "/items/0/amount", "99999999");

        assertThat(judge(Bodies.with(body, "/currency", "\"CAD\""), Channel.WEB).getCurrency())
                .isEqualTo("CAD");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-01T05:59:59Z, acme",
        "2026-01-01T06:00:00Z, nova",
        "2020-06-01T00:00:00Z, acme",
        "2001-01-01T00:00:00Z, acme",
    })
    void shouldTakeProcessorEffectiveOnTheCitysDate(String occurredAt, String processor)
            throws InvalidPaymentException {
        String body = Bodies.with(Bodies.SHORT, "/occurredAt", "\"" + occurredAt + "\"");

        assertThat(judge(body, Channel.WEB).getProcessor()).isEqualTo(processor);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"type":"CAPTURED"                              | body   | is not JSON at byte
            not json                                        | body   | is not JSON at byte
            []                                              | body   | is not a JSON object
            "text"                                          | body   | is not a JSON object
            {"type":"CAPTURED","type":"VOIDED"}             | type   | is there twice
            {"type":"CAPTURED"} {}                          | body   | goes on after
            {"a b":1}                                       | (name) | is not a known field
            {"items":[{"fund":"a","fund":"b"}]}             | items[0].fund | is there twice
            {"source":[[[[[[[[[[1]]]]]]]]]]}                | source | is not an object
            """)
    void shouldNameWhatIsWrongWhenTextIsNoObject(String text, String field, String reason) {
        InvalidPaymentException refusal = refusal(text, Channel.WEB);

        assertThat(refusal.field()).isEqualTo(field);
        assertThat(refusal.reason()).startsWith(reason);
    }

    @Test
    void shouldRefuseMoreItemsThanTheBound() {
        String item = "{\"billType\":\"FINE\",\"amount\":1,\"fund\":\"water\"},";
        String items = "[" + item.repeat(200) + item.substring(0, item.length() - 1) + "]";

        assertThat(refusal(Bodies.with(Bodies.SHORT, "/items", items), Channel.WEB)
                        .field())
                .isEqualTo("items");
    }

    @Test
    void shouldHashSourcesAlikeWhenWrittenDifferently() {
        assertThat(HASHES.ofAddress("2001:db8::1")).isEqualTo(HASHES.ofAddress("2001:0DB8:0:0:0:0:0:1"));
        assertThat(HASHES.ofAddress("::ffff:203.0.113.7")).isEqualTo(HASHES.ofAddress("203.0.113.7"));
        assertThat(HASHES.ofAddress("203.0.113.7").orElseThrow()).matches("[0-9a-f]{32}");
        assertThat(HASHES.ofAddress("203.0.113.7")).isNotEqualTo(HASHES.ofAddress("203.0.113.8"));
        assertThatThrownBy(() -> new SourceHashes(new byte[31])).hasMessageContaining("32");
    }

    private String resultOf(String body, Channel channel) {
        try {
            judge(body, channel);
            return "taken";
        } catch (InvalidPaymentException e) {
            return (e.isForbidden() ? "forbidden " : "") + e.field();
        }
    }

    private InvalidPaymentException refusal(String body, Channel channel) {
        return catchThrowableOfType(InvalidPaymentException.class, () -> judge(body, channel));
    }

    private PaymentEvent judge(String body, Channel channel) throws InvalidPaymentException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return rules.judge(
                DraftReader.read(bytes, 0, bytes.length, false),
                new PaymentRules.Origin(Cities.profile(Cities.springfield()), channel, EVENT_ID, RECEIVED));
    }
}
