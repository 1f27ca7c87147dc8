package io.tillstream.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.tillstream.schemas.SchemaRegistration.Registered;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TopicsTest {
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
            topic      | name                     | partitionsOf12 | cleanup | retentionMs
            EVENTS     | payments.events          | 12             | delete  | 3024000000
            JOURNAL    | ledger-journal-changelog | 12             | delete  | -1
            REFUSED    | payments.refused         | 12             | delete  | 34560000000
            QUARANTINE | payments.quarantine      | 1              | delete  | 34560000000
            PARTS      | settlement.parts         | 1              | delete  | 34560000000
            BATCHES    | settlement.batches       | 1              | delete  | -1
            FILES      | settlement.files         | 1              | delete  | -1
            ANOMALIES  | fraud.anomalies          | 1              | delete  | 34560000000
            TENANTS    | tenants                  | 1              | compact |
            CONTROLS   | controls                 | 1              | compact |
            """, delimiter = '|')
    void shouldDescribeEveryTopic(Topics topic, String name, int partitionsOf12, String cleanup, String retentionMs) {
        assertThat(topic.topicName()).isEqualTo(name);
        assertThat(topic.partitions(12)).isEqualTo(partitionsOf12);
        assertThat(topic.configuration().get("cleanup.policy")).isEqualTo(cleanup);
        assertThat(topic.configuration().get("retention.ms")).isEqualTo(retentionMs);
        assertThat(topic.configuration().get("max.message.bytes"))
                .isEqualTo(topic == Topics.EVENTS ? "2097152" : "4194304");
    }

    @Test
    void shouldRegisterEverySubjectOnceAndBackwardTransitive() throws Exception {
        MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
        List<Registered> registered = SchemaRegistration.apply(registry);
        assertThat(registered)
                .extracting(Registered::subject)
                .containsExactly(
                        "payments.events-io.tillstream.schemas.PaymentEvent",
                        "payments.events-io.tillstream.schemas.TenantTerms",
                        "payments.events-io.tillstream.schemas.BusinessDayClose",
                        "ledger-journal-changelog-io.tillstream.schemas.JournalEntry",
                        "payments.refused-io.tillstream.schemas.Refused",
                        "payments.quarantine-io.tillstream.schemas.Quarantined",
                        "settlement.parts-io.tillstream.schemas.SettlementPart",
                        "settlement.batches-io.tillstream.schemas.SettlementBatch",
                        "settlement.files-io.tillstream.schemas.SettlementFileReleased",
                        "fraud.anomalies-io.tillstream.schemas.Anomaly",
                        "tenants-io.tillstream.schemas.Tenant",
                        "controls-io.tillstream.schemas.Suspension");
        for (Registered subject : registered) {
            assertThat(registry.getCompatibility(subject.subject())).isEqualTo("BACKWARD_TRANSITIVE");
        }
        assertThat(SchemaRegistration.apply(registry)).isEqualTo(registered);
        assertThat(registry.getAllSubjects()).hasSize(registered.size());
    }

    @Test
    void shouldRefuseARecordOnAnotherTopic() {
        assertThatThrownBy(() -> Topics.EVENTS.subject(JournalEntry.SCHEMA$))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("payments.events");
    }
}
