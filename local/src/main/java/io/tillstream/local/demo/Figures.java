package io.tillstream.local.demo;

import io.tillstream.schemas.EntryKind;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** What has been seen on the topics since the observer started. Not safe for use by several threads; the observer gives copies. */
final class Figures {
    /** Records of payments.events, marks not counted. */
    long inputs;

    /** Entries of the journal, marks included. */
    long entries;

    /** Input put aside by posting. */
    long unreadable;

    /** Refused events; refused marks are not among them. */
    long refusedEvents;

    long batches;
    long files;

    private final Map<EntryKind, Long> eventEntries = new EnumMap<>(EntryKind.class);
    private final Map<String, Long> refused = new TreeMap<>();
    private final Map<String, Long> quarantined = new TreeMap<>();
    private final Map<String, String> anomalies = new TreeMap<>();

    void entry(EntryKind kind) {
        eventEntries.merge(kind, 1L, Long::sum);
    }

    void refused(String reason) {
        refused.merge(reason, 1L, Long::sum);
    }

    void quarantined(String reason) {
        quarantined.merge(reason, 1L, Long::sum);
    }

    /** Entries of one kind that hold an event. */
    long entries(EntryKind kind) {
        return eventEntries.getOrDefault(kind, 0L);
    }

    Map<String, Long> refused() {
        return refused;
    }

    Map<String, Long> quarantined() {
        return quarantined;
    }

    long refusedCount() {
        return refused.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Cities of the findings of detection, by finding; empty text where several are affected. */
    Map<String, String> anomalies() {
        return anomalies;
    }

    long quarantinedCount() {
        return quarantined.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Inputs that have their outcome: in the journal, refused or put aside. A parked event that is refused in the end had one before. */
    long outcomes() {
        long refusedAtOnce = refusedEvents - entries(EntryKind.RELEASE_REFUSED);
        return entries(EntryKind.RECORDED) + entries(EntryKind.PARKED) + refusedAtOnce + unreadable;
    }

    Figures copy() {
        Figures copy = new Figures();
        copy.inputs = inputs;
        copy.entries = entries;
        copy.unreadable = unreadable;
        copy.refusedEvents = refusedEvents;
        copy.batches = batches;
        copy.files = files;
        copy.eventEntries.putAll(eventEntries);
        copy.refused.putAll(refused);
        copy.quarantined.putAll(quarantined);
        copy.anomalies.putAll(anomalies);
        return copy;
    }
}
