package io.tillstream.local.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class FieldsTest {
    private record Fund(String code, int share) {}

    @Test
    void shouldKeepValuesAsTheyAreWritten() {
        String text = "time: 17:00\nnumber: 0123\nyes: yes\n";
        List<String> read = read(text, top -> {
            String time = top.required("time", Parsers::text);
            String number = top.required("number", Parsers::text);
            String yes = top.required("yes", Parsers::text);
            return top.complete(() -> List.of(time, number, yes));
        });
        assertThat(read).containsExactly("17:00", "0123", "yes");
    }

    @Test
    void shouldTellEveryMistakeWithItsPlaceWhenThereAreSeveral() {
        String text = """
                funds:
                  - { code: water, share: 7 }
                  - { code: , share: 11 }
                  - { code: court, share: 3, shard: 4 }
                extra: 1
                """;
        assertThatThrownBy(() -> read(text, FieldsTest::funds))
                .isInstanceOfSatisfying(
                        InvalidFileException.class,
                        e -> assertThat(e.problems().stream().map(Problem::toString))
                                .containsExactly(
                                        "f.yaml:3:12: funds[1].code: is missing",
                                        "f.yaml:3:22: funds[1].share: expected a whole number from 0 to 10",
                                        "f.yaml:4:37: funds[2].shard: is not known here",
                                        "f.yaml:5:8: extra: is not known here"));
    }

    @Test
    void shouldRefuseWhenAKeyStandsTwice() {
        assertThatThrownBy(() -> read("extra: 1\nextra: 2\n", FieldsTest::extra))
                .hasMessage("f.yaml:2:1: extra: stands twice");
    }

    @Test
    void shouldTellThePlaceWhenTheFileIsNoYaml() {
        assertThatThrownBy(() -> read("extra: [1\n", FieldsTest::extra))
                .isInstanceOf(InvalidFileException.class)
                .hasMessageStartingWith("f.yaml:2:1: ");
    }

    @Test
    void shouldRefuseWhenTheTopIsNoMapping() {
        assertThatThrownBy(() -> read("- 1\n", FieldsTest::extra)).hasMessage("f.yaml:1:1: expected keys and values");
    }

    private static List<Fund> funds(Fields top) {
        List<Fund> funds = top.list("funds", fields -> {
            String code = fields.required("code", Parsers::text);
            Integer share = fields.required("share", Parsers.integer(0, 10));
            return fields.complete(() -> new Fund(code, share));
        });
        return top.complete(() -> funds);
    }

    private static String extra(Fields top) {
        String extra = top.required("extra", Parsers::text);
        return top.complete(() -> extra);
    }

    private static <T> T read(String text, Function<Fields, T> reader) {
        return YamlFile.read("f.yaml", new StringReader(text), reader);
    }
}
