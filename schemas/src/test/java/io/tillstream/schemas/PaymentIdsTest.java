package io.tillstream.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PaymentIdsTest {
    /** Expected values were made with another program: ids are stored, so the rule may never change. */
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
            tenant | channel | key | eventId
            tulsa  | WEB     | 1   | 6c8a9aa5-96c6-8907-95a9-c320150a7a89
            tulsa  | COUNTER | 1   | 6e9a4624-141f-8be3-89ac-2b0386f181f1
            tulsa  | WEB     | 2   | 4fceac06-8bf3-85bc-a95c-022a7f51fbb8
            fresno | WEB     | 1   | 1d0f88de-4ca2-8127-9bc9-37692b8ecc58
            t      | WEB     | é€  | 367f6650-af3e-894d-997d-19e05e918603
            tulsa  | MAIL    | ''  | 50e40250-c386-8d77-bcc1-d15205c525b6
            """, delimiter = '|')
    void shouldDeriveTheSameIdEverywhere(String tenant, Channel channel, String key, UUID eventId) {
        UUID derived = PaymentIds.eventId(tenant, channel, key);
        assertThat(derived).isEqualTo(eventId);
        assertThat(derived.version()).isEqualTo(8);
        assertThat(derived.variant()).isEqualTo(2);
    }

    @Test
    void shouldPartTenantAndKey() {
        assertThat(PaymentIds.eventId("ab", Channel.WEB, "c")).isNotEqualTo(PaymentIds.eventId("a", Channel.WEB, "bc"));
    }

    @Test
    void shouldGiveIdsBackAsTheyWere() {
        RandomRecords random = new RandomRecords(11);
        for (int i = 0; i < 100; i++) {
            UUID id = random.uuid();
            assertThat(Ids.toUuid(Ids.toId(id))).isEqualTo(id);
        }
        assertThat(Ids.toId(UUID.fromString("00010203-0405-0607-0809-0a0b0c0d0e0f"))
                        .bytes())
                .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    }
}
