package io.tillstream.streams.posting;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillstream.schemas.EntryKind;
import io.tillstream.schemas.JournalEntry;
import io.tillstream.schemas.Tender;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** DOMAIN section 3, the table of postings, and every event type of section 2: one row each at least. */
final class PostingRulesTest {
    private final Partition partition = new Partition();
    private final Script script = Script.inTulsa(partition);

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
            given                                   | event                                           | through       | tender | postings
                                                    | AUTHORISED p1 1000                              |               | CARD   |
                                                    | AUTHORISED p1 0                                 |               | CARD   |
                                                    | DECLINED p1 1000 water=1000                     |               | CARD   |
                                                    | DECLINED p1 0                                   |               | CARD   |
                                                    | ENROLLED p1 0 @ECHECK                           |               | ECHECK |
                                                    | CAPTURED p1 1000 water=1000                     | clearing:acme | CARD   | clearing:acme 1000, fund:water -1000
                                                    | CAPTURED p1 1000 water=1000 @ECHECK via:zenith  | clearing:zenith | ECHECK | clearing:zenith 1000, fund:water -1000
                                                    | CAPTURED p1 1000 water=600 tax=300 fee=100      | clearing:acme | CARD   | clearing:acme 1000, fund:water -600, fund:tax -300, convenience-fee -100
                                                    | CAPTURED p1 1000 water=600 fee=100              | clearing:acme | CARD   | clearing:acme 1000, fund:water -600, convenience-fee -100, unapplied -300
                                                    | CAPTURED p1 1000 water=400 water=600            | clearing:acme | CARD   | clearing:acme 1000, fund:water -400, fund:water -600
                                                    | CAPTURED p1 1000                                | clearing:acme | CARD   | clearing:acme 1000, unapplied -1000
                                                    | CAPTURED p1 1000 fee=1000                       | clearing:acme | CARD   | clearing:acme 1000, convenience-fee -1000
                                                    | CAPTURED p1 1000 water=1000 @CASH #COUNTER      | till:COUNTER  | CASH   | till:COUNTER 1000, fund:water -1000
                                                    | CAPTURED p1 1000 water=900 @CHECK #MAIL         | till:MAIL     | CHECK  | till:MAIL 1000, fund:water -900, unapplied -100
            AUTHORISED p1 1000                      | CAPTURED p1 1000 id:c water=1000                | clearing:acme | CARD   | clearing:acme 1000, fund:water -1000
            DECLINED p1 1000                        | CAPTURED p1 1000 id:c water=1000                | clearing:acme | CARD   | clearing:acme 1000, fund:water -1000
            CAPTURED p1 1000 water=700 tax=300      | VOIDED p1 1000                                  | clearing:acme | CARD   | fund:water 700, fund:tax 300, clearing:acme -1000
            CAPTURED p1 1000 water=1000 @CASH #KIOSK | VOIDED p1 1000                                 | till:KIOSK    | CASH   | fund:water 1000, till:KIOSK -1000
            CAPTURED p1 1000 water=400 water=600    | VOIDED p1 1000                                  | clearing:acme | CARD   | fund:water 1000, clearing:acme -1000
            CAPTURED p1 1000 water=1000             | REFUNDED p1 1000                                | clearing:acme | CARD   | fund:water 1000, clearing:acme -1000
            CAPTURED p1 1000 water=700 tax=300      | REFUNDED p1 100                                 | clearing:acme | CARD   | fund:water 70, fund:tax 30, clearing:acme -100
            CAPTURED p1 1000 water=700 tax=300      | REFUNDED p1 100 tax=100                         | clearing:acme | CARD   | fund:tax 100, clearing:acme -100
            CAPTURED p1 1000 water=1000 @CASH #MAIL | REFUNDED p1 1000                                | till:MAIL     | CASH   | fund:water 1000, till:MAIL -1000
            CAPTURED p1 1000 water=1000; close      | REFUNDED p1 1000                                | clearing:acme | CARD   | fund:water 1000, clearing:acme -1000
            CAPTURED p1 1000 water=1000             | CHARGED_BACK p1 1000                            | clearing:acme | CARD   | dispute 1000, clearing:acme -1000
            CAPTURED p1 1000 water=1000             | CHARGED_BACK p1 400                             | clearing:acme | CARD   | dispute 400, clearing:acme -400
            CAPTURED p1 1000 water=1000; CHARGED_BACK p1 1000 | CHARGEBACK_WON p1 1000                | clearing:acme | CARD   | clearing:acme 1000, dispute -1000
            CAPTURED p1 1000 water=1000; CHARGED_BACK p1 1000 | CHARGEBACK_LOST p1 1000               | clearing:acme | CARD   | fund:water 1000, dispute -1000
            CAPTURED p1 1000 water=700 tax=300; CHARGED_BACK p1 1000 | CHARGEBACK_LOST p1 100         | clearing:acme | CARD   | fund:water 70, fund:tax 30, dispute -100
            CAPTURED p1 1000 water=700 tax=300; CHARGED_BACK p1 1000 | CHARGEBACK_LOST p1 100 tax=100 | clearing:acme | CARD   | fund:tax 100, dispute -100
            CAPTURED p1 1000 water=700 tax=300 @ECHECK | RETURNED p1 1000                             | clearing:acme | ECHECK | fund:water 700, fund:tax 300, clearing:acme -1000
            CAPTURED p1 1000 water=1000 @CHECK #COUNTER | RETURNED p1 1000                            | till:COUNTER  | CHECK  | fund:water 1000, till:COUNTER -1000
                                                    | PROCESSOR_FEE f1 250                            | clearing:acme | CARD   | processor-fee 250, clearing:acme -250
                                                    | PROCESSOR_FEE f1 250 via:zenith @ECHECK         | clearing:zenith | ECHECK | processor-fee 250, clearing:zenith -250
                                                    | DEPOSITED d1 5000 @CASH #COUNTER                | till:COUNTER  | CASH   | bank 5000, till:COUNTER -5000
                                                    | DEPOSITED d1 5000 @CHECK #MAIL                  | till:MAIL     | CHECK  | bank 5000, till:MAIL -5000
                                                    | FUNDED s1 9000                                  | in-transit:acme | CARD | bank 9000, in-transit:acme -9000
            """)
    void shouldPost(String given, String event, String through, Tender tender, String postings) {
        script.run(given);
        int before = partition.out.entries.size();
        script.run(event);
        assertThat(partition.out.refused).isEmpty();
        assertThat(partition.out.quarantined).isEmpty();
        assertThat(partition.out.entries).hasSize(before + 1);
        JournalEntry entry = partition.out.entries.get(before);
        assertThat(entry.getKind()).isEqualTo(EntryKind.RECORDED);
        assertThat(entry.getThrough()).isEqualTo(through == null ? "" : through);
        assertThat(entry.getTender()).isEqualTo(tender);
        assertThat(Script.postings(entry)).isEqualTo(postings == null ? "" : postings);
    }
}
