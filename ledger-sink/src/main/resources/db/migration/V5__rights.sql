-- The writer adds; what is in the ledger it can neither change nor delete.
GRANT SELECT, INSERT ON
    ledger.entry, ledger.posting, ledger.refusal, settlement.part, settlement.line, operations.quarantined, fraud.anomaly
    TO tillstream_writer;
GRANT SELECT, INSERT, UPDATE ON
    ledger.balance, settlement.batch, settlement.file, operations.sink_offset, operations.tenant, operations.open_day,
    operations.day_close
    TO tillstream_writer;
GRANT SELECT ON
    ledger.entries, ledger.postings, ledger.items, ledger.balances, ledger.refusals, ledger.payments, settlement.movements,
    settlement.recomputed_lines, settlement.batches, settlement.lines, settlement.parts, settlement.files,
    operations.quarantine, operations.tenants, fraud.anomalies
    TO tillstream_writer;

-- Every table with a tenant is closed to readers but for the rows of the tenants in the setting: one, several with commas
-- between (no id contains one), or * for all. The views run with the rights of who asks, so the
-- same holds through them. An unset or empty setting sees nothing, not even rows whose tenant is empty.
DO $$
DECLARE
    secured text;
BEGIN
    FOREACH secured IN ARRAY ARRAY[
        'ledger.entry', 'ledger.posting', 'ledger.balance', 'ledger.refusal',
        'settlement.batch', 'settlement.part', 'settlement.line', 'settlement.file',
        'operations.quarantined', 'operations.tenant', 'operations.open_day', 'operations.day_close', 'fraud.anomaly']
    LOOP
        EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', secured);
        EXECUTE format(
            'CREATE POLICY own_tenant ON %s FOR SELECT TO tillstream_reader USING ('
            '(tenant <> '''' AND tenant = ANY ((SELECT string_to_array(current_setting(''tillstream.tenant'', true), '',''))::text[])) '
            'OR (SELECT current_setting(''tillstream.tenant'', true)) = ''*'')',
            secured);
        EXECUTE format('GRANT SELECT ON %s TO tillstream_reader', secured);
    END LOOP;
END
$$;

GRANT SELECT ON
    ledger.entries, ledger.postings, ledger.items, ledger.balances, ledger.refusals, ledger.payments, settlement.movements,
    settlement.recomputed_lines, settlement.batches, settlement.lines, settlement.parts, settlement.files,
    operations.quarantine, operations.tenants, fraud.anomalies, operations.sink_offset
    TO tillstream_reader;

-- Bank details are for files, not for readers.
REVOKE SELECT ON settlement.batch, operations.tenant FROM tillstream_reader;
GRANT SELECT (batch_id, tenant, business_date, next_business_date, currency, state, reason, entry_count, closed_at, verified_at,
    written_at, delivered_at, funded_at, time_zone) ON settlement.batch TO tillstream_reader;
GRANT SELECT (tenant, name, time_zone, cut_off, currency, calendar) ON operations.tenant TO tillstream_reader;
