package io.tillstream.streams.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillstream.schemas.Channel;
import io.tillstream.schemas.DeclineClass;
import io.tillstream.schemas.PaymentEventType;
import io.tillstream.streams.detection.Bucket.Alert;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class StateCodecTest {
    private static final Attempt ATTEMPT = new Attempt(
            new UUID(1, 2), 3, 4, 5, 600, "USD", PaymentEventType.DECLINED, Channel.PHONE, DeclineClass.SECURITY_CODE);

    /** What a running cluster has on its topics: it changes only with the version. */
    @Test
    void shouldWriteTheBytesOfVersionOne() {
        assertThat(HexFormat.of().formatHex(StateCodec.encode(ATTEMPT)))
                .isEqualTo("01" + "0000000000000001" + "0000000000000002" + "0000000000000003" + "0000000000000004"
                        + "0000000000000005" + "0000000000000258" + "0003555344" + "01" + "03" + "05");
    }

    @Test
    void shouldReadWhatItWrote() {
        assertThat(StateCodec.attempt(StateCodec.encode(ATTEMPT))).isEqualTo(ATTEMPT);
        Bucket bucket = new Bucket(
                9, List.of(ATTEMPT, ATTEMPT), List.of(new Alert("SOURCE_TESTING", 5), new Alert("OTHER", 6)));
        assertThat(StateCodec.bucket(StateCodec.encode(bucket))).isEqualTo(bucket);
        assertThat(StateCodec.bucket(StateCodec.encode(Bucket.EMPTY))).isEqualTo(Bucket.EMPTY);
    }

    @Test
    void shouldRefuseOtherBytes() {
        byte[] bytes = StateCodec.encode(ATTEMPT);
        byte[] otherVersion = bytes.clone();
        otherVersion[0] = 2;
        assertThatThrownBy(() -> StateCodec.attempt(otherVersion))
                .hasMessage("State of version 2, this program knows 1");
        assertThatThrownBy(() -> StateCodec.attempt(Arrays.copyOf(bytes, bytes.length + 1)))
                .hasMessage("1 bytes follow the state");
        byte[] otherType = bytes.clone();
        otherType[otherType.length - 3] = 99;
        assertThatThrownBy(() -> StateCodec.attempt(otherType))
                .hasMessage("Number 99 is no PaymentEventType of this version");
        for (int length = 1; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> StateCodec.attempt(cut))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("State of " + cut.length + " bytes is cut short");
        }
    }

    @Test
    void shouldKeepTheKeyOfASubject() {
        Subject subject = new Subject(SubjectKind.SOURCE, "tulsa", "a|b");
        assertThat(new String(subject.encode(), StandardCharsets.UTF_8)).isEqualTo("SOURCE|tulsa|a|b");
        assertThat(Subject.decode(subject.encode())).isEqualTo(subject);
        assertThatThrownBy(() -> new Subject(SubjectKind.BIN, "a|b", "411111"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Subject.decode("BIN|tulsa".getBytes(StandardCharsets.UTF_8)))
                .hasMessage("Not the key of a subject: 2 parts");
    }
}
