package io.tillstream.ingest.tenants;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.schemas.Channel;
import io.tillstream.schemas.Tender;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TenantDirectoryTest {
    private final TenantDirectory directory = new TenantDirectory();

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
            SUSPENDED_CHANNEL, SUSPENDED_TENDER, CHANNEL, TENDER, IS_SUSPENDED, IS_WHOLE_CHANNEL
            '',                '',               WEB,     CARD,   true,         true
            WEB,               '',               WEB,     CARD,   true,         true
            WEB,               '',               COUNTER, CARD,   false,        false
            '',                CARD,             WEB,     CARD,   true,         false
            '',                CARD,             COUNTER, CARD,   true,         false
            '',                CARD,             WEB,     ECHECK, false,        false
            WEB,               CARD,             WEB,     CARD,   true,         false
            WEB,               CARD,             WEB,     ECHECK, false,        false
            WEB,               CARD,             PHONE,   CARD,   false,        false
            """)
    void shouldCoverChannelAndTender(
            String suspendedChannel,
            String suspendedTender,
            Channel channel,
            Tender tender,
            boolean isSuspended,
            boolean isWholeChannel) {
        Cities.suspend(directory, "springfield", suspendedChannel, suspendedTender, true);

        assertThat(directory.suspension("springfield", channel, tender).isPresent())
                .isEqualTo(isSuspended);
        assertThat(directory.channelSuspension("springfield", channel).isPresent())
                .isEqualTo(isWholeChannel);
        assertThat(directory.suspension("shelbyville", channel, tender)).isEmpty();
    }

    @Test
    void shouldResumeByRecordAndByTombstone() {
        Cities.suspend(directory, "springfield", "WEB", "CARD", true);
        Cities.suspend(directory, "springfield", "WEB", "", true);
        Cities.suspend(directory, "springfield", "WEB", "CARD", false);
        assertThat(directory.suspensionCount()).isEqualTo(1);

        DirectoryState state = directory.copy();
        state.removeSuspension("springfield|WEB|");
        directory.replace(state);

        assertThat(directory.suspension("springfield", Channel.WEB, Tender.CARD))
                .isEmpty();
        assertThat(directory.suspensionCount()).isZero();
    }

    @Test
    void shouldKeepTheOtherKeysWhenOneCannotBeOpened() {
        TenantProfile profile = new TenantProfiles((secret, tenant, keyId) -> {
                    throw new GeneralSecurityException("sealed with another key");
                })
                .of(Cities.springfield());

        assertThat(profile.credentials()).containsKey("web-1").doesNotContainKey("web-sign");
    }

    @Test
    void shouldForgetTenantByTombstone() {
        Cities.load(directory, Cities.springfield());
        assertThat(directory.tenant("springfield")).isPresent();

        DirectoryState state = directory.copy();
        state.removeTenant("springfield");
        directory.replace(state);

        assertThat(directory.tenant("springfield")).isEmpty();
    }
}
