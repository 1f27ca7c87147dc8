package io.tillstream.local.dayfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillstream.local.yaml.InvalidFileException;
import io.tillstream.local.yaml.YamlFile;
import io.tillstream.schemas.Channel;
import java.io.StringReader;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MappingFileTest {
    private static final String GOOD = """
            currency: USD
            channel: MAIL
            delimiter: ";"
            id: { column: no }
            amount: { column: paid }
            tender: { column: how, values: { K: CASH, S: CHECK }, otherwise: CHECK }
            billType: { constant: UTILITY }
            fund: { column: account, regex: '^([a-z]+)', otherwise: general }
            terminal: { column: till }
            occurredAt:
              timeZone: America/New_York
              formats:
                - { column: day, pattern: dd.MM.yyyy HH:mm }
            """;

    @Test
    void shouldReadColumnsConstantsPiecesAndTranslations() {
        Mapping mapping = read(GOOD);
        Row row =
                new Row(1, Map.of("no", "7", "paid", "1.00", "how", "K", "account", "water-12", "till", "", "day", ""));
        assertThat(mapping.channel()).isEqualTo(Channel.MAIL);
        assertThat(mapping.delimiter()).isEqualTo(';');
        assertThat(mapping.text(Mapping.Field.TENDER, row)).isEqualTo("CASH");
        assertThat(mapping.text(Mapping.Field.FUND, row)).isEqualTo("water");
        assertThat(mapping.text(Mapping.Field.TERMINAL, row)).isEmpty();
        assertThat(mapping.occurredAt().of(row)).isEmpty();
        assertThat(mapping.columns()).containsExactly("account", "day", "how", "no", "paid", "till");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
                    pattern            | text                      | instant
                    iso                | 2025-07-17T09:08:19-07:00 | 2025-07-17T16:08:19Z
                    yyyy-MM            | 2025-07                   | 2025-07-01T16:00:00Z
                    MM/dd/yyyy         | 07/17/2025                | 2025-07-17T16:00:00Z
                    dd.MM.yyyy HH:mm   | 17.07.2025 08:05          | 2025-07-17T12:05:00Z
                    d MMM yyyy h:mm a  | 17 Jul 2025 8:05 PM       | 2025-07-18T00:05:00Z
                    """)
    void shouldReadTimesAsTheirPatternSays(String pattern, String text, Instant instant) {
        Mapping mapping = read(GOOD.replace("dd.MM.yyyy HH:mm", pattern));
        assertThat(mapping.occurredAt().of(new Row(1, Map.of("day", text)))).contains(instant);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
                    written             | instead             | problem
                    channel: MAIL       | channel: POST       | map.yaml:2:10: channel: expected one of [WEB, COUNTER, KIOSK, PHONE, MAIL]
                    S: CHECK            | S: CHEQUE           | map.yaml:6:9: tender: expected one of [CARD, ECHECK, CASH, CHECK]
                    constant: UTILITY   | constant: WATER     | map.yaml:7:11: billType: expected one of [UTILITY, PERMIT, LICENCE, FINE, TAX, OTHER]
                    ^([a-z]+)           | ^[a-z]+             | map.yaml:8:33: fund.regex: expected a pattern with one group, the piece to take
                    column: till        | colum: till         | map.yaml:9:11: terminal.column: is missing
                    dd.MM.yyyy HH:mm    | dd.bb.yyyy          | map.yaml:13:31: occurredAt.formats[0].pattern: Unknown pattern letter: b
                    """)
    void shouldTellThePlaceWhenTheMappingIsWrong(String written, String instead, String problem) {
        assertThatThrownBy(() -> read(GOOD.replace(written, instead)))
                .isInstanceOfSatisfying(
                        InvalidFileException.class,
                        e -> assertThat(e.problems().stream().map(each -> each.toString()))
                                .contains(problem));
    }

    private static Mapping read(String text) {
        return YamlFile.read("map.yaml", new StringReader(text), MappingFile::mapping);
    }
}
