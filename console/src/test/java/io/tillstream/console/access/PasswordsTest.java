package io.tillstream.console.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PasswordsTest {
    private static final char[] PASSWORD = "correct horse battery".toCharArray();

    @Test
    void shouldMatchTheRightPasswordOnlyAndSaltEveryHash() {
        String one = Passwords.hash(PASSWORD, 100_000, new SecureRandom());
        String other = Passwords.hash(PASSWORD, 100_000, new SecureRandom());

        assertThat(one).isNotEqualTo(other).doesNotContain("correct");
        assertThat(Passwords.parse(one).matches(PASSWORD)).isTrue();
        assertThat(Passwords.parse(one).matches("correct horse batterx".toCharArray()))
                .isFalse();
    }

    @Test
    void shouldAgreeWithAHashMadeElsewhere() {
        String hash = "pbkdf2-sha256$100000$AAECAwQFBgcICQoLDA0ODw==$yNEi7NuUd81IprF1DFmFwLiwUVjQQNIFF8zbSYZd5DY=";

        assertThat(Passwords.parse(hash).matches(PASSWORD)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "correct horse battery",
                "pbkdf2-sha256$1000$AAECAwQFBgcICQoLDA0ODw==$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                "pbkdf2-sha256$099999$AAECAwQFBgcICQoLDA0ODw==$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                "pbkdf2-sha1$600000$AAECAwQFBgcICQoLDA0ODw==$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
            })
    void shouldRefuseWhatIsNoStrongHashWithoutRepeatingIt(String text) {
        assertThatThrownBy(() -> Passwords.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("AAAA")
                .hasMessageNotContaining("horse");
    }

    @Test
    void shouldRefuseAShortPassword() {
        assertThatThrownBy(() -> Passwords.hash("1234567".toCharArray()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("8 to 200");
    }

    @Test
    void shouldLetNobodyInTwiceUnderOneName() {
        String hash = Passwords.hash(PASSWORD, 100_000, new SecureRandom());
        List<Users.Account> twice = List.of(
                new Users.Account("ana", hash, List.of("*")), new Users.Account("ana", hash, List.of("norman")));

        assertThatThrownBy(() -> new Users(twice, new SecureRandom()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ana");
    }
}
