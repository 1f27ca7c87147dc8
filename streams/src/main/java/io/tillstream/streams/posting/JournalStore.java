package io.tillstream.streams.posting;

import io.tillstream.schemas.AvroCodec;
import io.tillstream.schemas.JournalEntry;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.streams.processor.BatchingStateRestoreCallback;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The ledger as Kafka Streams' store. Its changelog topic is the journal, which the topology's sink writes; so nothing is logged
 * here, and restoring is reading the journal. Not flushed or committed: under exactly-once neither is called before a commit.
 */
final class JournalStore implements StateStore {
    static final String NAME = "journal";

    private final AvroCodec<JournalEntry> codec;
    private final int hotRows;
    private Ledger ledger;
    private Restoring restoring;
    private ColdRows cold; // only if rows in memory are limited

    private JournalStore(AvroCodec<JournalEntry> codec, int hotRows) {
        this.codec = codec;
        this.hotRows = hotRows;
    }

    /** The state; only between init and close. */
    Ledger ledger() {
        return ledger;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        if (ledger == null) { // a task that turns from active to standby, or back, keeps the store and what it holds
            ledger = hotRows == 0 ? new Ledger() : limited(context);
            restoring = new Restoring(codec, ledger);
        }
        context.register(root, (BatchingStateRestoreCallback) records -> {
            records.forEach(record -> restoring.add(record.value));
            restoring.applyAll();
        });
    }

    /** Beside the task's own directory, which Streams locks and cleans only for stores that are persistent. */
    private Ledger limited(StateStoreContext context) {
        Path parent = context.stateDir().toPath().getParent();
        cold = ColdRows.open(parent, context.taskId().toString(), context.appConfigs());
        return new Ledger(cold, hotRows);
    }

    /** Forgets everything: Streams uses the object again when it revives a task. */
    @Override
    public void close() {
        ledger = null;
        restoring = null;
        if (cold != null) {
            ColdRows closed = cold;
            cold = null;
            closed.close();
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return ledger != null;
    }

    @Override
    public Position getPosition() {
        return Position.emptyPosition();
    }

    /**
     * Logging is always on: it is what makes the journal topic this store's changelog.
     *
     * @param hotRows rows of payments that each partition keeps in memory; 0 is all
     */
    record Builder(AvroCodec<JournalEntry> codec, int hotRows) implements StoreBuilder<JournalStore> {
        @Override
        public JournalStore build() {
            return new JournalStore(codec, hotRows);
        }

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public boolean loggingEnabled() {
            return true;
        }

        @Override
        public Map<String, String> logConfig() {
            return Map.of("cleanup.policy", "delete", "retention.ms", "-1");
        }

        @Override
        public StoreBuilder<JournalStore> withCachingEnabled() {
            return this;
        }

        @Override
        public StoreBuilder<JournalStore> withCachingDisabled() {
            return this;
        }

        @Override
        public StoreBuilder<JournalStore> withLoggingEnabled(Map<String, String> config) {
            return this;
        }

        @Override
        public StoreBuilder<JournalStore> withLoggingDisabled() {
            throw new UnsupportedOperationException("The journal is this store's changelog");
        }
    }
}
