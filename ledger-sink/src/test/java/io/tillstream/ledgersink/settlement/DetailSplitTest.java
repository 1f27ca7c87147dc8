package io.tillstream.ledgersink.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.ledgersink.settlement.BatchContents.PaymentDetail;
import io.tillstream.ledgersink.settlement.DetailSplit.Movement;
import io.tillstream.ledgersink.testing.TestEvent;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DetailSplitTest {
    private static final PaymentDetail FACTS = new PaymentDetail(
            "ada-20260302",
            TestEvent.id(1),
            TestEvent.id(2),
            "ref",
            "WEB",
            "CARD",
            TestEvent.OCCURRED,
            TestEvent.OCCURRED,
            "CAPTURED",
            0,
            0,
            0,
            "clearing:acme",
            "",
            "",
            "");

    /** movements: account, column, amount; items: fund, bill account, amount; details: account, bill account, gross, fee, net. */
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', quoteCharacter = '`', textBlock = """
            movements                                       | items                 | details
            fund:water GROSS 100                            | water W1 100          | fund:water W1 100 0 100
            fund:water GROSS 100                            | water W1 60, water W2 40 | fund:water W1 60 0 60, fund:water W2 40 0 40
            fund:water GROSS 60, fund:water GROSS 40        | water W1 60, water W2 40 | fund:water W1 60 0 60, fund:water W2 40 0 40
            fund:water GROSS 50, fund:water GROSS 50        | water W1 50, water W2 50 | fund:water W1 50 0 50, fund:water W2 50 0 50
            fund:water GROSS 60, fund:park GROSS 40         | park P1 40, water W1 60 | fund:water W1 60 0 60, fund:park P1 40 0 40
            fund:water GROSS 60, unapplied GROSS 40         | water W1 60           | fund:water W1 60 0 60, unapplied - 40 0 40
            convenience-fee GROSS 3                         | ``                    | convenience-fee - 3 0 3
            fund:water VOIDS 100                            | water W1 100          | fund:water W1 -100 0 -100
            fund:water REFUNDS 30                           | water W1 100          | fund:water W1 -30 0 -30
            fund:water REFUNDS 30                           | water W1 60, water W2 40 | fund:water - -30 0 -30
            fund:water REFUNDS 30                           | ``                    | fund:water - -30 0 -30
            dispute CHARGEBACKS 100                         | ``                    | dispute - -100 0 -100
            dispute CHARGEBACKS -100                        | ``                    | dispute - 100 0 100
            fund:water CHARGEBACKS 100, dispute CHARGEBACKS -100 | ``               | fund:water - -100 0 -100, dispute - 100 0 100
            fund:water RETURNS 100                          | water W1 100          | fund:water W1 -100 0 -100
            processor-fee FEES 3                            | ``                    | processor-fee - 0 3 -3
            """)
    void shouldTellMovementsItemByItemWhereItemsAddUp(String movements, String items, String details) {
        List<Movement> moved = rows(movements).stream()
                .map(words -> new Movement(words[0], words[1], Long.parseLong(words[2])))
                .toList();
        String json = items.isEmpty()
                ? null
                : rows(items).stream()
                        .map(words -> "{\"billType\":\"UTILITY\",\"fund\":\"" + words[0] + "\",\"billAccount\":\""
                                + words[1] + "\",\"amount\":" + words[2] + "}")
                        .collect(Collectors.joining(",", "[", "]"));

        assertThat(DetailSplit.details(FACTS, moved, json).stream()
                        .map(detail -> detail.account() + " "
                                + (detail.billAccount().isEmpty() ? "-" : detail.billAccount()) + " " + detail.gross()
                                + " " + detail.fee() + " " + detail.net())
                        .collect(Collectors.joining(", ")))
                .isEqualTo(details);
    }

    private static List<String[]> rows(String cell) {
        return Arrays.stream(cell.split(", ", -1))
                .map(row -> row.split(" ", -1))
                .toList();
    }
}
