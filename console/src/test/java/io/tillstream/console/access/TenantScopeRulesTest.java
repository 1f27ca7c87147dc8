package io.tillstream.console.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TenantScopeRulesTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
                    SCOPE, TENANT, COVERS, SETTING
                    *, norman, true, *
                    *, *, false, *
                    norman, norman, true, norman
                    norman, fresno, false, norman
                    norman, *, false, norman
                    tulsa norman, tulsa, true, 'norman,tulsa'
                    tulsa norman, 'norman,tulsa', false, 'norman,tulsa'
                    tulsa norman, '', false, 'norman,tulsa'
                    """, useHeadersInDisplayName = true)
    void shouldCoverItsTenantsOnly(String scope, String tenant, boolean covers, String setting) {
        TenantScope parsed = TenantScope.of(List.of(scope.split(" ")));

        assertThat(parsed.covers(tenant)).isEqualTo(covers);
        assertThat(parsed.setting()).isEqualTo(setting);
    }

    @Test
    void shouldRefuseAScopeThatCouldMeanMore() {
        for (List<String> tenants : List.of(List.<String>of(), List.of("*", "norman"), List.of("a,b"), List.of(""))) {
            assertThatThrownBy(() -> TenantScope.of(tenants)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
