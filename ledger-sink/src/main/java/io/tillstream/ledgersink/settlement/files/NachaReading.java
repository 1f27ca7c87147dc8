package io.tillstream.ledgersink.settlement.files;

import java.util.List;

/**
 * What a validator found in a NACHA file. With faults, the rest is what could be read, or nothing.
 *
 * @param faults in the order of the file; empty for a file that keeps the standard
 * @param batches in the order of the file
 * @param tally what the entries come to, counted, not taken from a control record
 */
record NachaReading(List<NachaFault> faults, List<Batch> batches, NachaTally tally) {

    NachaReading {
        faults = List.copyOf(faults);
        batches = List.copyOf(batches);
    }

    static NachaReading unreadable(List<NachaFault> faults) {
        return new NachaReading(faults, List.of(), NachaTally.NONE);
    }

    List<Entry> entries() {
        return batches.stream().flatMap(batch -> batch.entries().stream()).toList();
    }

    record Batch(BatchHeader header, List<Entry> entries) {

        Batch {
            entries = List.copyOf(entries);
        }
    }

    /** @param information of the addenda; empty without one */
    record Entry(EntryDetail detail, String information) {}
}
