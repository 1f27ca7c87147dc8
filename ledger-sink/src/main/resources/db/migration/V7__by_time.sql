-- The latest refusals of all cities are read in this order.
CREATE INDEX refusal_by_time ON ledger.refusal (recorded_at, partition, "offset");
-- Entries come nearly in the order of their time, so that a summary of each block is enough to find a range; it costs next to nothing.
CREATE INDEX entry_by_time ON ledger.entry USING brin (recorded_at) WITH (autosummarize = on);
