package io.tillstream.streams.posting;

import io.tillstream.schemas.JournalEntry;
import io.tillstream.schemas.Quarantined;
import io.tillstream.schemas.Refusal;
import io.tillstream.schemas.Refused;
import io.tillstream.schemas.SettlementPart;
import java.util.ArrayList;
import java.util.List;

/** Keeps what posting puts out, in lists. */
final class Recorder implements PostingOutput {
    final List<byte[]> journal = new ArrayList<>();
    final List<JournalEntry> entries = new ArrayList<>();
    final List<Refused> refused = new ArrayList<>();
    final List<Quarantined> quarantined = new ArrayList<>();
    final List<SettlementPart> parts = new ArrayList<>();

    private final PostingCodecs codecs;

    Recorder(PostingCodecs codecs) {
        this.codecs = codecs;
    }

    @Override
    public void entry(byte[] value) {
        journal.add(value);
        entries.add(codecs.journal().decode(value));
    }

    @Override
    public void refused(Refusal reason, byte[] value) {
        refused.add(codecs.refused().decode(value));
    }

    @Override
    public void quarantined(Quarantined quarantined) {
        this.quarantined.add(quarantined);
    }

    @Override
    public void part(SettlementPart part) {
        parts.add(part);
    }
}
