package io.tillstream.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tillstream.console.ConsoleFixture.Running;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("cluster")
@ExtendWith(ConsoleFixture.class)
final class PagesTest {
    private static final String PAYMENT = "/payments/11111111-1111-8111-8111-111111111111";
    private final Running running;

    PagesTest(Running running) {
        this.running = running;
    }

    @Test
    void shouldShowTenantsBatchesAnomaliesAndReasonsToAnOperator() {
        // Open days are added up in the background; a busy machine may show the page before.
        await().atMost(Duration.ofSeconds(20)).until(() -> page("operator", "/").contains("900.00"));
        String page = page("operator", "/");

        assertThat(page)
                .contains("City of Norman", "City of Fresno", "norman-20261121", "fresno-20261120")
                .contains("line fund:tax differs by 700")
                .contains("Source burst", "Several tenants")
                .contains("Duplicate", "Amount too large", "Card number", "Malformed")
                .contains("900.00", "20.00")
                .contains("id=\"pulse\"", "nothing listens", "ingest");
    }

    @Test
    void shouldShowOneTenantOnlyAndNotThePlatformWhenThatIsTheScope() {
        String page = page("finance", "/");

        assertThat(page)
                .contains("City of Norman", "norman-20261121", "Source burst")
                .doesNotContain("fresno")
                .doesNotContain("City of Fresno")
                .doesNotContain("Several tenants")
                .doesNotContain("id=\"pulse\"")
                .doesNotContain("id=\"services\"");
    }

    @Test
    void shouldShowTheTenantsOfAListWhenThatIsTheScope() {
        assertThat(page("region", "/"))
                .contains("City of Norman", "tenant-tulsa")
                .doesNotContain("fresno");
    }

    @Test
    void shouldShowAPaymentsWholeLife() {
        assertThat(page("operator", PAYMENT))
                .contains("Partly refunded", "123.45", "20.00")
                .contains("fund:water", "clearing:acme", "convenience-fee")
                .contains("Conflicting duplicate", "amount differs from the first")
                .contains("norman-20261121");
    }

    @Test
    void shouldTellWhyWhenNothingOfAPaymentWasAccepted() {
        assertThat(page("operator", "/payments/66666666-6666-8666-8666-666666666666"))
                .contains("Refused", "Amount too large", "50,000.00");
    }

    @Test
    void shouldShowTheEarlyEventAndItsReleaseWhenOneCameBeforeItsCapture() {
        assertThat(page("operator", "/payments/55555555-5555-8555-8555-555555555555"))
                .contains("Parked", "Released", "900.00", "7.00");
    }

    @ParameterizedTest
    @ValueSource(strings = {PAYMENT, "/batches/norman-20261121/entries"})
    void shouldEscapeMarkupWhenAReferenceHoldsSome(String path) {
        assertThat(page("operator", path))
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
                .doesNotContain("<script>alert");
    }

    @Test
    void shouldEscapeMarkupInNamesAndInWhatTheViewerSent() {
        assertThat(page("operator", "/"))
                .contains("City of &lt;b&gt;Tulsa&lt;/b&gt;")
                .doesNotContain("<b>Tulsa");
        HttpResponse<String> answer = Browser.signedIn(running.port(), "operator")
                .get("/batches?tenant=%22%3E%3Cscript%3Ealert(2)%3C/script%3E");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).doesNotContain("alert(2)");
    }

    @Test
    void shouldDrillFromABatchToItsEntries() {
        assertThat(page("operator", "/batches/norman-20261121"))
                .contains("Written", ConsoleFixture.NACHA, ConsoleFixture.DETAIL, "fund:water")
                .contains("/batches/norman-20261121/entries?through=clearing%3Aacme&amp;account=fund%3Awater");
        assertThat(page("operator", "/batches/norman-20261121/entries"))
                .contains("Captured", "Day closed", "Terms set")
                .doesNotContain("Declined");
        assertThat(page("operator", "/batches/norman-20261121/entries?through=clearing:acme&account=fund:water"))
                .contains("Captured")
                .doesNotContain("Day closed");
    }

    @Test
    void shouldLeadThroughAllRowsWhenAListIsLong() {
        Browser browser = Browser.signedIn(running.port(), "operator");
        String first = browser.get("/refusals?reason=DUPLICATE").body();
        String next = first.replaceFirst("(?s).*href=\"(/refusals\\?[^\"]*cursor=[^\"]*)\".*", "$1")
                .replace("&amp;", "&");
        String second = browser.get(next).body();

        assertThat(rows(first)).isEqualTo(50);
        assertThat(rows(second)).isEqualTo(50);
        assertThat(second).contains("First page").contains("0/169").doesNotContain("0/170");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    PATH, STATUS
                    /payments/22222222-2222-8222-8222-222222222229, 404
                    /payments/not-an-id, 400
                    /payments?id=4111, 400
                    /batches/nowhere-20261121, 404
                    /batches/..%2F..%2Fetc, 400
                    /batches?state=LOST, 400
                    /batches?cursor=%25%25, 400
                    /refusals?limit=0, 400
                    /refusals?unknown=1, 400
                    /nothing, 404
                    /assets/..%2Fseed.sql, 404
                    """, useHeadersInDisplayName = true)
    void shouldSayWhatIsWrongInsteadOfFailing(String path, int status) {
        HttpResponse<String> answer =
                Browser.signedIn(running.port(), "operator").get(path);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains("Back to the overview").doesNotContain("Exception");
    }

    @Test
    void shouldHideAnotherTenantsPaymentAndBatch() {
        Browser finance = Browser.signedIn(running.port(), "finance");

        assertThat(finance.get("/payments/55555555-5555-8555-8555-555555555555").statusCode())
                .isEqualTo(404);
        assertThat(finance.get("/batches/fresno-20261120").statusCode()).isEqualTo(404);
        assertThat(finance.get("/batches?tenant=fresno").statusCode()).isEqualTo(403);
    }

    @Test
    void shouldGoToThePaymentWhenItsIdIsSearchedFor() {
        HttpResponse<String> answer = Browser.signedIn(running.port(), "operator")
                .get("/payments?id=%2011111111-1111-8111-8111-111111111111%20");
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).contains(PAYMENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/login", "/", "/nothing", "/v1/batches", "/assets/console.css"})
    void shouldForbidForeignAndInlineScriptsEverywhere(String path) {
        HttpResponse<String> answer =
                Browser.signedIn(running.port(), "operator").get(path);

        assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.headers().firstValue("Server")).isEmpty();
        assertThat(answer.body())
                .doesNotContainPattern("<script(?! src=\"/assets/)")
                .doesNotContain(" style=");
    }

    private String page(String user, String path) {
        HttpResponse<String> answer = Browser.signedIn(running.port(), user).get(path);
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    private static long rows(String page) {
        return page.split("<tr>", -1).length - 2L;
    }
}
