package io.tillstream.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.ingest.auth.ApiKeys;
import io.tillstream.ingest.auth.RequestSignature;
import io.tillstream.ingest.intake.Bodies;
import io.tillstream.ingest.tenants.Cities;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is let in, and that all others are answered alike. */
class CredentialRouteTest {
    private RunningServer server;

    @BeforeEach
    void start() {
        server = RunningServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '\'', useHeadersInDisplayName = true, textBlock = """
            WHAT,                    AUTHORIZATION
            nothing,                 ''
            empty bearer,            'Bearer '
            no parts,                'Bearer x'
            two parts,               'Bearer springfield.web-1'
            empty secret,            'Bearer springfield.web-1.'
            wrong secret,            'Bearer springfield.web-1.wrong'
            unknown tenant,          'Bearer shelbyville.web-1.SECRET'
            unknown key,             'Bearer springfield.web-9.SECRET'
            expired key,             'Bearer springfield.web-old.SECRET'
            signing key as bearer,   'Bearer springfield.web-sign.SECRET'
            other scheme,            'Basic c3ByaW5nZmllbGQ6c2VjcmV0'
            lower case,              'bearer springfield.web-1.SECRET'
            signature missing,       'Tillstream-HMAC keyId=springfield.web-sign,timestamp=1795348800'
            signature malformed,     'Tillstream-HMAC keyId=springfield.web-sign,timestamp=1795348800,signature=zz'
            unknown parameter,       'Tillstream-HMAC keyId=springfield.web-sign,timestamp=1795348800,method=GET'
            """)
    void shouldAnswer401AlikeWhenCredentialIsWrong(String what, String authorization) throws Exception {
        HttpResponse<String> answer = server.send(server.payment("key-1", Bodies.SHORT)
                .setHeader("Authorization", authorization.replace("SECRET", Cities.SECRET)));

        assertThat(answer.statusCode()).as(what).isEqualTo(401);
        assertThat(answer.body()).isEqualTo("{\"error\":\"UNAUTHORISED\"}");
        assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
        assertThat(server.publisher.events()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"web-1", "web-2"})
    void shouldTakeBothActiveKeys(String keyId) throws Exception {
        HttpResponse<String> answer = server.send(server.payment("key-1", Bodies.SHORT)
                .setHeader("Authorization", ApiKeys.bearer("springfield", keyId, Cities.SECRET)));

        assertThat(answer.statusCode()).isEqualTo(202);
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
            WHAT,             SECONDS_OFF, PATH,              METHOD, KEY,   BODY_CHANGED, STATUS
            as sent,          0,           /v1/payments,      POST,   key-1, false,        202
            at the edge,      300,         /v1/payments,      POST,   key-1, false,        202
            a little old,     -300,        /v1/payments,      POST,   key-1, false,        202
            too old,          -301,        /v1/payments,      POST,   key-1, false,        401
            too far ahead,    301,         /v1/payments,      POST,   key-1, false,        401
            other path,       0,           /v1/payments:batch,POST,   key-1, false,        401
            other method,     0,           /v1/payments,      PUT,    key-1, false,        401
            other key,        0,           /v1/payments,      POST,   key-2, false,        401
            other body,       0,           /v1/payments,      POST,   key-1, true,         401
            """)
    void shouldJudgeSignature(
            String what, long secondsOff, String path, String method, String key, boolean bodyChanged, int status)
            throws Exception {
        String sent = bodyChanged ? Bodies.with(Bodies.SHORT, "/amount", "999") : Bodies.SHORT;
        String header = RequestSignature.header(
                "springfield",
                "web-sign",
                Cities.SECRET.getBytes(StandardCharsets.UTF_8),
                method,
                path,
                RunningServer.NOW.getEpochSecond() + secondsOff,
                key,
                Bodies.SHORT.getBytes(StandardCharsets.UTF_8));

        HttpRequest.Builder request = server.payment("key-1", sent).setHeader("Authorization", header);

        assertThat(server.send(request).statusCode()).as(what).isEqualTo(status);
        if (status == 202) {
            assertThat(server.send(request).statusCode()).as("replayed").isEqualTo(202);
            assertThat(server.publisher.events()).hasSize(1);
        }
    }
}
