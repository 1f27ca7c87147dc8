-- Columns that mean the same in every view.
DO $$
DECLARE
    common record;
    target record;
BEGIN
    FOR common IN SELECT * FROM (VALUES
        ('tenant', 'The city.'),
        ('name', 'Name.'),
        ('partition', 'Partition.'),
        ('offset', 'Offset.'),
        ('sequence', 'Sequence of the entry in its partition.'),
        ('posting_number', 'Place in the entry, from 0.'),
        ('business_date', 'The tenant''s accounting day.'),
        ('batch_id', '{tenant}-{yyyymmdd}.'),
        ('currency', 'ISO 4217 letters.'),
        ('amount', 'Amount of the event in minor units.'),
        ('account', 'Account of the tenant.'),
        ('through', 'clearing:{processor} or till:{CHANNEL}.'),
        ('tender', 'CARD, ECHECK, CASH or CHECK.'),
        ('channel', 'WEB, COUNTER, KIOSK, PHONE or MAIL.'),
        ('processor', 'Company that moves the money; empty for cash and checks.'),
        ('event_id', 'Identity of the event.'),
        ('payment_id', 'The payment that the event belongs to.'),
        ('event_type', 'Type of the event.'),
        ('reason', 'Why.'),
        ('detail', 'What and where, in words, without personal data.'),
        ('recorded_at', 'When.'),
        ('bill_type', 'UTILITY, PERMIT, LICENCE, FINE, TAX or OTHER.'),
        ('fund', 'Fund of the city that receives the money.'),
        ('bill_account', 'The bill''s account or number at the city.'),
        ('gross', 'Captured, in minor units.'),
        ('voids', 'Turned round on the same date.'),
        ('refunds', 'Refunded.'),
        ('chargebacks', 'Disputed and lost, less won.'),
        ('returns', 'Bounced.'),
        ('fees', 'Taken by the processor.'),
        ('net', 'What is left.'),
        ('capture_count', 'Postings in gross.'),
        ('void_count', 'Postings in voids.'),
        ('refund_count', 'Postings in refunds.'),
        ('chargeback_count', 'Postings in chargebacks.'),
        ('return_count', 'Postings in returns.'),
        ('fee_count', 'Postings in fees.'),
        ('verified_at', 'When the rows of the ledger were found to agree.'),
        ('written_at', 'When its files were released.'),
        ('delivered_at', 'When the city''s side had them.'),
        ('funded_at', 'When the bank''s payment was seen in the ledger.'),
        ('first_sequence', 'First entry of the date in the partition.'),
        ('last_sequence', 'The DAY_CLOSED entry.'),
        ('entry_count', 'Entries.'),
        ('format', 'nacha-ccd or payment-detail.'),
        ('size_bytes', 'Length.'),
        ('sha256', 'Checksum of the file, lower-case hexadecimal.'),
        ('released_at', 'When.'),
        ('time_zone', 'IANA name.'),
        ('anomaly_id', 'Stable: rule, subject and window.'),
        ('rule', 'Name of the rule.'),
        ('subject_kind', 'SOURCE, BIN, ...'),
        ('window_start', 'Start of the window.'),
        ('window_end', 'Time of the attempt that raised it.'),
        ('detected_at', 'Timestamp of the journal record that raised it.'),
        ('attempts', 'Attempts in the window.'),
        ('declines', 'Declined among them.'),
        ('small_amounts', 'Attempts of a small amount among them.'),
        ('distinct_cards', 'Distinct fingerprints among them.'),
        ('topic', 'Topic.')
    ) AS words (column_name, meaning)
    LOOP
        FOR target IN
            SELECT namespace.nspname AS schema_name, class.relname AS view_name
            FROM pg_attribute AS attribute
            JOIN pg_class AS class ON class.oid = attribute.attrelid AND class.relkind = 'v'
            JOIN pg_namespace AS namespace ON namespace.oid = class.relnamespace
            WHERE namespace.nspname IN ('ledger', 'settlement', 'operations', 'fraud')
              AND attribute.attname = common.column_name
              AND col_description(attribute.attrelid, attribute.attnum) IS NULL
        LOOP
            EXECUTE format('COMMENT ON COLUMN %I.%I.%I IS %L',
                target.schema_name, target.view_name, common.column_name, common.meaning);
        END LOOP;
    END LOOP;
END
$$;
