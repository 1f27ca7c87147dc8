package io.tillstream.ledgersink.reconciliation;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.tillstream.ledgersink.reconciliation.StoredRows.PostingRow;
import io.tillstream.schemas.AvroCodec;
import io.tillstream.schemas.WireFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Walks one partition of the journal beside its rows: I6 of each entry, I4 of each row; hands every entry to the fold. */
final class PartitionAudit {
    private static final int HASH_BYTES = 32;
    private static final Set<String> NOT_SHOWN =
            Set.of("card_fingerprint", "card_bin", "card_last_four", "payer_reference");

    private final int partition;
    private final StoredRows rows;
    private final SchemaRegistryClient registry;
    private final Findings findings;
    private final Fold fold;
    private final Map<Integer, GenericDatumReader<GenericRecord>> readers = new HashMap<>();
    private final MessageDigest sha;
    private byte[] head = new byte[HASH_BYTES];
    private long nextSequence;
    private long entries;
    private long storedEntries;
    private long nextOffset;

    PartitionAudit(int partition, StoredRows rows, SchemaRegistryClient registry, Findings findings, Fold fold) {
        this.partition = partition;
        this.rows = rows;
        this.registry = registry;
        this.findings = findings;
        this.fold = fold;
        try {
            sha = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    long entries() {
        return entries;
    }

    long storedEntries() {
        return storedEntries;
    }

    /** Sequence behind the last entry. */
    long nextSequence() {
        return nextSequence;
    }

    /** Hash of the last entry, in hexadecimal. */
    String head() {
        return HexFormat.of().formatHex(head);
    }

    /** Offset behind the last entry. */
    long nextOffset() {
        return nextOffset;
    }

    void take(ConsumerRecord<byte[], byte[]> record) throws SQLException {
        String place = "partition " + partition + ", sequence " + nextSequence + ", offset " + record.offset();
        nextOffset = record.offset() + 1;
        entries++;
        EntryFacts entry;
        try {
            entry = decode(record.value());
        } catch (UncheckedIOException e) {
            throw e; // the registry is away: nothing is known of the entry
        } catch (IOException | RuntimeException e) {
            findings.add(
                    Invariant.I6,
                    place,
                    "an entry",
                    "unreadable: " + e.getClass().getSimpleName());
            nextSequence++;
            return;
        }
        checkPlace(entry, place);
        checkChain(record.value(), place);
        nextSequence = entry.sequence() + 1;
        String where = "partition " + partition + ", sequence " + entry.sequence() + ", offset " + record.offset();
        compare(entry, where);
        fold.add(entry, where, head());
    }

    private void checkPlace(EntryFacts entry, String place) {
        if (entry.sequence() != nextSequence) {
            findings.add(Invariant.I6, place, "sequence " + nextSequence, "sequence " + entry.sequence());
        }
        if (entry.partition() != partition) {
            findings.add(Invariant.I6, place, "partition " + partition, "partition " + entry.partition());
        }
    }

    private void checkChain(byte[] value, String place) {
        int hashAt = value.length - HASH_BYTES;
        sha.update(head);
        sha.update(value, WireFormat.HEADER_BYTES, hashAt - WireFormat.HEADER_BYTES);
        byte[] expected = sha.digest();
        byte[] found = Arrays.copyOfRange(value, hashAt, value.length);
        if (!MessageDigest.isEqual(expected, found)) {
            findings.add(
                    Invariant.I6,
                    place,
                    "hash " + HexFormat.of().formatHex(expected),
                    "hash " + HexFormat.of().formatHex(found));
        }
        // From here on the chain is followed as it stands, so that one break is told once.
        head = found;
    }

    private void compare(EntryFacts entry, String place) throws SQLException {
        while (rows.hasEntry() && rows.sequence() < entry.sequence()) {
            extra();
        }
        if (!rows.hasEntry() || rows.sequence() > entry.sequence()) {
            findings.add(Invariant.I4, place, "a row in ledger.entry", "none");
            return;
        }
        storedEntries++;
        compareColumns(ExpectedRow.columns(entry, head()), rows.columns(), place);
        comparePostings(entry, place);
        rows.next();
    }

    private void extra() throws SQLException {
        storedEntries++;
        findings.add(
                Invariant.I4,
                "partition " + partition + ", sequence " + rows.sequence(),
                "no row in ledger.entry: the journal has no such entry",
                "a row");
        rows.next();
    }

    private void compareColumns(Map<String, Object> expected, Map<String, Object> found, String place) {
        Set<String> names = new TreeSet<>(expected.keySet());
        names.addAll(found.keySet());
        for (String name : names) {
            Object wanted = expected.getOrDefault(name, name.equals("items") ? List.of() : null);
            if (!Objects.equals(wanted, found.get(name))) {
                boolean isShown = !NOT_SHOWN.contains(name);
                findings.add(
                        Invariant.I4,
                        place + ", column " + name,
                        isShown ? wanted : "the journal's value",
                        isShown ? found.get(name) : "another");
            }
        }
    }

    private void comparePostings(EntryFacts entry, String place) throws SQLException {
        Map<Long, List<PostingRow>> found = rows.postingsUpTo(entry.sequence());
        List<PostingRow> ofEntry = found.remove(entry.sequence());
        List<PostingRow> expected = ExpectedRow.postings(entry);
        if (!expected.equals(ofEntry == null ? List.of() : ofEntry)) {
            findings.add(Invariant.I4, place + ", postings", expected, ofEntry);
        }
        found.forEach((sequence, orphans) -> findings.add(
                Invariant.I4, "partition " + partition + ", sequence " + sequence + ", postings", "none", orphans));
    }

    /** What is left in the database behind the journal's last entry. */
    void end() throws SQLException {
        while (rows.hasEntry()) {
            extra();
        }
        rows.postingsUpTo(Long.MAX_VALUE)
                .forEach((sequence, orphans) -> findings.add(
                        Invariant.I4,
                        "partition " + partition + ", sequence " + sequence + ", postings",
                        "none",
                        orphans));
    }

    private EntryFacts decode(byte[] value) throws IOException {
        int schemaId = WireFormat.schemaId(value);
        GenericDatumReader<GenericRecord> reader = readers.get(schemaId);
        if (reader == null) {
            Schema schema = AvroCodec.writerSchema(registry, schemaId);
            reader = new GenericDatumReader<>(schema);
            readers.put(schemaId, reader);
        }
        BinaryDecoder decoder = DecoderFactory.get()
                .binaryDecoder(value, WireFormat.HEADER_BYTES, value.length - WireFormat.HEADER_BYTES, null);
        return EntryFacts.of(reader.read(null, decoder));
    }
}
