package io.tillstream.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.console.ConsoleFixture.Running;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("cluster")
@ExtendWith(ConsoleFixture.class)
final class LoginTest {
    private static final String SESSION = "tillstream-session";
    private final Running running;

    LoginTest(Running running) {
        this.running = running;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/batches",
                "/payments?id=x",
                "/anomalies",
                "/refusals",
                "/quarantine",
                "/batches/norman-20261121"
            })
    void shouldSendToLoginWhenNobodyIsSignedIn(String path) {
        HttpResponse<String> answer = new Browser(running.port()).get(path);

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location").orElseThrow()).startsWith("/login");
        assertThat(answer.body()).doesNotContain("norman");
    }

    @Test
    void shouldSetAStrictCookieWhenNameAndPasswordAreRight() {
        HttpResponse<String> answer = new Browser(running.port()).signIn("operator", ConsoleFixture.PASSWORD);

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).contains("/");
        assertThat(answer.headers().allValues("Set-Cookie"))
                .singleElement()
                .asString()
                .startsWith(SESSION + "=")
                .contains("HttpOnly")
                .contains("SameSite=Strict")
                .contains("Path=/");
    }

    @Test
    void shouldAnswerAlikeWhenNameOrPasswordIsWrong() {
        HttpResponse<String> wrongPassword = new Browser(running.port()).signIn("finance", "not the password");
        HttpResponse<String> wrongName = new Browser(running.port()).signIn("nobody", ConsoleFixture.PASSWORD);

        assertThat(wrongPassword.statusCode()).isEqualTo(401);
        assertThat(wrongName.statusCode()).isEqualTo(401);
        assertThat(wrongPassword.body()).contains("Name or password is wrong.");
        assertThat(wrongName.body()).contains("Name or password is wrong.");
    }

    @Test
    void shouldRefuseTheFormWhenItsTokenIsMissingOrForeign() {
        Browser browser = new Browser(running.port());
        String token = Browser.formToken(browser.get("/login").body());
        Map<String, String> right = Map.of("name", "operator", "password", ConsoleFixture.PASSWORD);

        assertThat(browser.post("/login", right).statusCode()).isEqualTo(403);
        assertThat(browser.post("/login", with(right, "A" + token)).statusCode())
                .isEqualTo(403);
        assertThat(new Browser(running.port())
                        .post("/login", with(right, token))
                        .statusCode())
                .as("token without its cookie")
                .isEqualTo(403);
    }

    @Test
    void shouldGiveANewSessionIdWhenSigningInOverAnOldOne() {
        Browser browser = new Browser(running.port());
        browser.setCookie(SESSION, "chosen-by-somebody-else");
        browser.signIn("operator", ConsoleFixture.PASSWORD);

        assertThat(browser.cookie(SESSION))
                .isNotEqualTo("chosen-by-somebody-else")
                .hasSizeGreaterThan(40);
    }

    @Test
    void shouldEndTheSessionWhenSignedOut() {
        Browser browser = Browser.signedIn(running.port(), "operator");
        String session = browser.cookie(SESSION);
        String token = Browser.formToken(browser.get("/").body());

        assertThat(browser.post("/logout", Map.of("token", "guessed")).statusCode())
                .isEqualTo(403);
        assertThat(browser.get("/").statusCode()).as("still signed in").isEqualTo(200);
        assertThat(browser.post("/logout", Map.of("token", token)).statusCode()).isEqualTo(303);
        assertThat(browser.cookie(SESSION)).isNull();

        browser.setCookie(SESSION, session);
        assertThat(browser.get("/").statusCode())
                .as("the old id is worth nothing")
                .isEqualTo(303);
    }

    @Test
    void shouldEndTheSessionWhenItsTimeIsOver() {
        TestClock clock = new TestClock();
        try (Console console = running.another(clock)) {
            Browser idle = Browser.signedIn(console.port(), "operator");
            clock.advance(Duration.ofMinutes(59));
            assertThat(idle.get("/batches").statusCode()).isEqualTo(200);
            clock.advance(Duration.ofMinutes(61));
            assertThat(idle.get("/batches").statusCode()).as("idle for an hour").isEqualTo(303);

            Browser busy = Browser.signedIn(console.port(), "operator");
            for (int i = 0; i < 13; i++) {
                assertThat(busy.get("/batches").statusCode()).isEqualTo(200);
                clock.advance(Duration.ofMinutes(55));
            }
            clock.advance(Duration.ofMinutes(5));
            assertThat(busy.get("/batches").statusCode()).as("twelve hours").isEqualTo(303);
        }
    }

    @Test
    void shouldThrottleGuessesOfOnePasswordAndForgetLater() {
        TestClock clock = new TestClock();
        try (Console console = running.another(clock)) {
            Browser guesser = new Browser(console.port());
            for (int i = 0; i < 5; i++) {
                assertThat(guesser.signIn("operator", "wrong password " + i).statusCode())
                        .isEqualTo(401);
            }
            HttpResponse<String> throttled = guesser.signIn("operator", ConsoleFixture.PASSWORD);
            assertThat(throttled.statusCode()).as("even the right one waits").isEqualTo(429);
            assertThat(throttled.headers().firstValue("Retry-After")).contains("301");

            clock.advance(Duration.ofMinutes(5).plusSeconds(1));
            assertThat(guesser.signIn("operator", ConsoleFixture.PASSWORD).statusCode())
                    .isEqualTo(303);
        }
    }

    @Test
    void shouldBindCookiesToTheHostAndTellAddressesApartWhenBehindTls() throws IOException {
        try (Console console = running.anotherBehindTls()) {
            for (int attempt = 0; attempt < 30; attempt++) {
                signInFrom(console, "203.0.113.7", "user" + attempt, "wrong password");
            }
            assertThat(signInFrom(console, "203.0.113.7", "operator", ConsoleFixture.PASSWORD)
                            .statusCode())
                    .as("too many from there")
                    .isEqualTo(429);

            HttpResponse<String> elsewhere = signInFrom(console, "198.51.100.9", "operator", ConsoleFixture.PASSWORD);
            assertThat(elsewhere.statusCode()).isEqualTo(303);
            assertThat(elsewhere.headers().firstValue("Set-Cookie").orElseThrow())
                    .startsWith("__Host-tillstream-session=")
                    .contains("Secure");
        }
    }

    /** What a browser may claim itself stands before what the proxy adds, and does not count. */
    private static HttpResponse<String> signInFrom(Console console, String address, String name, String password) {
        Browser browser = new Browser(console.port());
        String token = Browser.formToken(browser.get("/login").body());
        return browser.post(
                "/login",
                Map.of("token", token, "name", name, "password", password),
                "X-Forwarded-For",
                "192.0.2." + name.length() + ", " + address);
    }

    @Test
    void shouldComeBackToThePageAskedForButNeverToAnotherSite() {
        Browser browser = new Browser(running.port());
        String token = Browser.formToken(
                browser.get("/login?next=/batches/norman-20261121").body());
        HttpResponse<String> own = browser.post(
                "/login",
                Map.of("token", token, "name", "operator", "password", ConsoleFixture.PASSWORD, "next", "/batches"));
        assertThat(own.headers().firstValue("Location")).contains("/batches");

        Browser lured = new Browser(running.port());
        token = Browser.formToken(lured.get("/login").body());
        HttpResponse<String> foreign = lured.post(
                "/login",
                Map.of(
                        "token",
                        token,
                        "name",
                        "operator",
                        "password",
                        ConsoleFixture.PASSWORD,
                        "next",
                        "//evil.test/"));
        assertThat(foreign.headers().firstValue("Location")).contains("/");
    }

    private static Map<String, String> with(Map<String, String> form, String token) {
        Map<String, String> all = new HashMap<>(form);
        all.put("token", token);
        return all;
    }
}
