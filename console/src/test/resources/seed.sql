-- Two cities with rows in everything that the console reads, and one that has just been applied.
insert into operations.tenant (tenant, name, time_zone, cut_off, currency, calendar, bank) values
    ('fresno', 'City of Fresno', 'America/Los_Angeles', '16:30', 'USD', 'BANK_DAYS', '{}'),
    ('norman', 'City of Norman', 'America/Chicago', '17:00', 'USD', 'EVERY_DAY', '{}'),
    ('tulsa', 'City of <b>Tulsa</b>', 'America/Chicago', '17:00', 'USD', 'EVERY_DAY', '{}');
insert into operations.open_day (tenant, partition, open_date) values
    ('fresno', 0, '2026-11-22'), ('norman', 0, '2026-11-22'), ('norman', 1, '2026-11-22');

-- A payment of norman: captured on the 21st, refunded in part on the 22nd; a decline; the close between.
insert into ledger.entry (partition, sequence, kind, refers_to, reason, business_date, recorded_at, source_offset, tenant, tender,
    currency, through, event_id, payment_id, event_type, channel, amount, client_reference, payer_reference, occurred_at, received_at,
    card_fingerprint, card_bin, card_last_four, page_version, processor, hash) values
    (0, 0, 'TERMS_SET', -1, 'NONE', '2026-11-21', '2026-11-21T12:00:00Z', 0, 'norman', 'CASH', 'USD', '', null, null, null, null, null,
        null, null, null, null, null, null, null, null, null, decode(repeat('a0', 32), 'hex')),
    (0, 1, 'RECORDED', -1, 'NONE', '2026-11-21', '2026-11-21T15:00:01Z', 1, 'norman', 'CARD', 'USD', 'clearing:acme',
        '11111111-1111-8111-8111-111111111111', '11111111-1111-8111-8111-111111111111', 'CAPTURED', 'WEB', 12345,
        '<script>alert(1)</script>"''&', 'payer-7', '2026-11-21T15:00:00Z', '2026-11-21T15:00:00.5Z',
        'fp_norman', '411111', '1111', 'v12', 'acme', decode(repeat('a1', 32), 'hex')),
    (0, 2, 'DAY_CLOSED', -1, 'NONE', '2026-11-21', '2026-11-21T23:00:00Z', 2, 'norman', 'CASH', 'USD', '', null, null, null, null, null,
        null, null, null, null, null, null, null, null, null, decode(repeat('a2', 32), 'hex')),
    (0, 3, 'RECORDED', -1, 'NONE', '2026-11-22', '2026-11-22T15:10:00Z', 3, 'norman', 'CARD', 'USD', 'clearing:acme',
        '22222222-2222-8222-8222-222222222222', '11111111-1111-8111-8111-111111111111', 'REFUNDED', 'COUNTER', 2000,
        'till 4', 'payer-7', '2026-11-22T15:10:00Z', '2026-11-22T15:10:00Z', null, null, null, '', 'acme', decode(repeat('a3', 32), 'hex')),
    (0, 4, 'RECORDED', -1, 'NONE', '2026-11-22', '2026-11-22T15:20:00Z', 4, 'norman', 'CARD', 'USD', '',
        '33333333-3333-8333-8333-333333333333', '33333333-3333-8333-8333-333333333333', 'DECLINED', 'WEB', 500,
        '', '', '2026-11-22T15:20:00Z', '2026-11-22T15:20:00Z', 'fp_x', '411111', '1111', 'v12', 'acme', decode(repeat('a4', 32), 'hex')),
    -- A refund of fresno that came before its capture and was posted after it.
    (1, 0, 'PARKED', -1, 'NONE', '2026-11-22', '2026-11-22T16:00:00Z', 0, 'fresno', 'ECHECK', 'USD', '',
        '44444444-4444-8444-8444-444444444444', '55555555-5555-8555-8555-555555555555', 'REFUNDED', 'MAIL', 700,
        '', '', '2026-11-22T16:00:00Z', '2026-11-22T16:00:00Z', null, null, null, '', 'zephyr', decode(repeat('b0', 32), 'hex')),
    (1, 1, 'RECORDED', -1, 'NONE', '2026-11-22', '2026-11-22T16:00:05Z', 1, 'fresno', 'ECHECK', 'USD', 'clearing:zephyr',
        '55555555-5555-8555-8555-555555555555', '55555555-5555-8555-8555-555555555555', 'CAPTURED', 'MAIL', 90000,
        'lockbox 9', '', '2026-11-22T15:59:00Z', '2026-11-22T16:00:05Z', null, null, null, '', 'zephyr', decode(repeat('b1', 32), 'hex')),
    (1, 2, 'RELEASED', 0, 'NONE', '2026-11-22', '2026-11-22T16:00:05Z', 1, 'fresno', 'ECHECK', 'USD', 'clearing:zephyr',
        '44444444-4444-8444-8444-444444444444', '55555555-5555-8555-8555-555555555555', 'REFUNDED', 'MAIL', 700,
        '', '', '2026-11-22T16:00:00Z', '2026-11-22T16:00:00Z', null, null, null, '', 'zephyr', decode(repeat('b2', 32), 'hex'));
insert into ledger.posting (partition, sequence, posting_number, tenant, business_date, account, currency, amount) values
    (0, 1, 0, 'norman', '2026-11-21', 'clearing:acme', 'USD', 12345),
    (0, 1, 1, 'norman', '2026-11-21', 'fund:water', 'USD', -12095),
    (0, 1, 2, 'norman', '2026-11-21', 'convenience-fee', 'USD', -250),
    (0, 3, 0, 'norman', '2026-11-22', 'fund:water', 'USD', 2000),
    (0, 3, 1, 'norman', '2026-11-22', 'clearing:acme', 'USD', -2000),
    (1, 1, 0, 'fresno', '2026-11-22', 'clearing:zephyr', 'USD', 90000),
    (1, 1, 1, 'fresno', '2026-11-22', 'fund:tax', 'USD', -90000),
    (1, 2, 0, 'fresno', '2026-11-22', 'fund:tax', 'USD', 700),
    (1, 2, 1, 'fresno', '2026-11-22', 'clearing:zephyr', 'USD', -700);
insert into ledger.balance (partition, tenant, currency, account, balance) values
    (0, 'norman', 'USD', 'clearing:acme', 10000), (1, 'norman', 'USD', 'clearing:acme', 345), (0, 'norman', 'USD', 'convenience-fee', -250),
    (0, 'norman', 'USD', 'fund:water', -10095), (1, 'fresno', 'USD', 'clearing:zephyr', 89300), (1, 'fresno', 'USD', 'fund:tax', -89300);

-- What was sent again with another body, and a payment of which nothing was accepted.
insert into ledger.refusal (record_partition, record_offset, tenant, partition, "offset", reason, detail, event_id, payment_id,
    event_type, amount, currency, recorded_at) values
    (0, 0, 'norman', 0, 90, 'CONFLICTING_DUPLICATE', 'amount differs from the first', '11111111-1111-8111-8111-111111111111',
        '11111111-1111-8111-8111-111111111111', 'CAPTURED', 99999, 'USD', '2026-11-21T15:05:00Z'),
    (1, 0, 'fresno', 1, 91, 'AMOUNT_TOO_LARGE', 'above 1000000', '66666666-6666-8666-8666-666666666666',
        '66666666-6666-8666-8666-666666666666', 'CAPTURED', 5000000, 'USD', '2026-11-22T17:00:00Z');
-- Enough duplicates to need pages; several share their time.
insert into ledger.refusal (record_partition, record_offset, tenant, partition, "offset", reason, detail, event_id, payment_id,
    event_type, amount, currency, recorded_at)
select 0, 100 + n, 'norman', 0, 100 + n, 'DUPLICATE', 'the same event again', '33333333-3333-8333-8333-333333333333',
    '33333333-3333-8333-8333-333333333333', 'DECLINED', 500, 'USD', timestamptz '2026-11-22T15:30:00Z' + (n / 10) * interval '1 second'
from generate_series(0, 119) as n;

insert into operations.quarantined (record_partition, record_offset, reason, detail, tenant, topic, partition, "offset", recorded_at,
    value_bytes, value_hash) values
    (0, 0, 'MALFORMED', 'truncated at byte 12', '', 'payments.events', 0, 55, '2026-11-22T14:00:00Z', 12, decode(repeat('cc', 32), 'hex'));
-- What was put aside at HTTP has no position, and much of it may come in one millisecond.
insert into operations.quarantined (record_partition, record_offset, reason, detail, tenant, topic, partition, "offset", recorded_at,
    value_bytes, value_hash)
select 0, 1 + n, 'CARD_NUMBER', 'in field items[0].billAccount', 'norman', 'http', -1, -1, '2026-11-22T15:00:00Z', 300, null
from generate_series(0, 6) as n;

insert into fraud.anomaly (record_partition, record_offset, anomaly_id, rule, tenant, subject_kind, subject, channel, window_start,
    window_end, detected_at, attempts, declines, small_amounts, distinct_cards, amount_total, currency, detail, evidence) values
    (0, 0, 'source-1', 'SOURCE_BURST', 'norman', 'SOURCE', 'ab12cd34ef56ab12cd34', 'WEB', '2026-11-22T15:19:00Z',
        '2026-11-22T15:20:00Z', '2026-11-22T15:20:01Z', 40, 38, 40, 39, 20000, 'USD', '10 declines of one source in 5 minutes',
        array['33333333-3333-8333-8333-333333333333']),
    (0, 1, 'bin-1', 'BIN_SPREAD', '', 'BIN', '411111', 'WEB', '2026-11-22T15:00:00Z', '2026-11-22T15:25:00Z',
        '2026-11-22T15:25:01Z', 60, 55, 60, 60, 30000, 'USD', 'one BIN at many tenants', array[]::text[]);

insert into settlement.batch (batch_id, tenant, business_date, next_business_date, currency, state, reason, entry_count, closed_at,
    verified_at, written_at) values
    ('norman-20261121', 'norman', '2026-11-21', '2026-11-22', 'USD', 'WRITTEN', '', 3, '2026-11-21T23:00:00Z',
        '2026-11-21T23:00:02Z', '2026-11-21T23:00:03Z'),
    ('fresno-20261120', 'fresno', '2026-11-20', '2026-11-22', 'USD', 'CLOSED', 'line fund:tax differs by 700', 1,
        '2026-11-21T00:30:00Z', null, null);
insert into settlement.line (batch_id, tenant, through, tender, account, gross, voids, refunds, chargebacks, returns, fees, net,
    capture_count, void_count, refund_count, chargeback_count, return_count, fee_count) values
    ('norman-20261121', 'norman', 'clearing:acme', 'CARD', 'convenience-fee', 250, 0, 0, 0, 0, 0, 250, 1, 0, 0, 0, 0, 0),
    ('norman-20261121', 'norman', 'clearing:acme', 'CARD', 'fund:water', 12095, 0, 0, 0, 0, 0, 12095, 1, 0, 0, 0, 0, 0);

insert into operations.sink_offset (topic, partition, next_offset, next_sequence, chain_head) values
    ('ledger-journal-changelog', 0, 8, 5, decode(repeat('a4', 32), 'hex')),
    ('ledger-journal-changelog', 1, 5, 3, decode(repeat('b2', 32), 'hex')),
    ('payments.refused', 0, 140, 121, decode(repeat('00', 32), 'hex')),
    ('payments.refused', 1, 1, 1, decode(repeat('00', 32), 'hex')),
    ('payments.quarantine', 0, 8, 8, decode(repeat('00', 32), 'hex'));
