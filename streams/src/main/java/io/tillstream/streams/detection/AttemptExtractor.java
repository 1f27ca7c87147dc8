package io.tillstream.streams.detection;

import io.tillstream.schemas.JournalEntry;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** The Kafka shell around {@link AttemptReader}: one entry in, one record out per subject. */
final class AttemptExtractor implements Processor<byte[], JournalEntry, Subject, Attempt> {
    private final DetectionMeters meters;
    private ProcessorContext<Subject, Attempt> context;

    AttemptExtractor(DetectionMeters meters) {
        this.meters = meters;
    }

    @Override
    public void init(ProcessorContext<Subject, Attempt> context) {
        this.context = context;
    }

    @Override
    public void process(Record<byte[], JournalEntry> record) {
        JournalEntry entry = record.value();
        if (entry == null) {
            throw new IllegalStateException("A journal record without a value at " + position());
        }
        AttemptReader.attempt(entry).ifPresent(attempt -> {
            meters.attempt();
            for (Subject subject : AttemptReader.subjects(entry.getEvent())) {
                context.forward(record.withKey(subject).withValue(attempt));
            }
        });
    }

    private String position() {
        return context.recordMetadata()
                .map(at -> at.topic() + " partition " + at.partition() + " offset " + at.offset())
                .orElse("an unknown position");
    }
}
