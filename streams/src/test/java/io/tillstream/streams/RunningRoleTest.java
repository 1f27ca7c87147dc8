package io.tillstream.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.junit.jupiter.api.Test;

class RunningRoleTest {
    @Test
    void shouldGoOnOnlyAfterWhatMayPass() {
        Map<Throwable, Boolean> table = Map.of(
                new UncheckedIOException(new IOException("the registry is away")), true,
                new TimeoutException("the broker is away"), true,
                new InvalidTxnStateException("ended by its coordinator"), true,
                new MissingSourceTopicException("a broker that has just started"), true,
                new RecordTooLargeException("not in time either"), false,
                new IllegalStateException("a broken invariant"), false);
        assertThat(table)
                .allSatisfy((cause, passes) -> assertThat(RunningRole.mayPass(cause))
                        .as(cause.toString())
                        .isEqualTo(passes));
    }
}
