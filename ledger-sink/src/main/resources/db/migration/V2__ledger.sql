-- Tables have singular names and belong to the sink; views have plural names and are what others read.
-- Keys are tripwires: a second row of one entry stops the sink, it is never skipped. Few indexes, because every one of
-- them is paid for at every entry.

CREATE TABLE ledger.entry (
    sequence         bigint      NOT NULL,
    source_offset    bigint      NOT NULL,
    refers_to        bigint      NOT NULL,
    recorded_at      timestamptz NOT NULL,
    partition        integer     NOT NULL,
    business_date    date        NOT NULL,
    amount           bigint,
    occurred_at      timestamptz,
    received_at      timestamptz,
    event_id         uuid,
    payment_id       uuid,
    tenant           text        NOT NULL,
    kind             text        NOT NULL,
    reason           text        NOT NULL,
    tender           text        NOT NULL,
    currency         text        NOT NULL,
    through          text        NOT NULL,
    event_type       text,
    channel          text,
    processor        text,
    client_reference text,
    payer_reference  text,
    card_fingerprint text,
    card_bin         text,
    card_last_four   text,
    page_version     text,
    items            jsonb,
    hash             bytea       NOT NULL,
    PRIMARY KEY (partition, sequence)
);

-- A batch is read by tenant and business date; both only grow, so this index is filled at its end.
CREATE INDEX entry_of_batch ON ledger.entry (tenant, business_date, partition, sequence);
-- A payment is read by its id.
CREATE INDEX entry_of_payment ON ledger.entry (payment_id) WHERE payment_id IS NOT NULL;
-- The bank's payments name their batch.
CREATE INDEX entry_of_funding ON ledger.entry (client_reference) WHERE event_type = 'FUNDED';

CREATE TABLE ledger.posting (
    sequence       bigint   NOT NULL,
    amount         bigint   NOT NULL,
    partition      integer  NOT NULL,
    business_date  date     NOT NULL,
    posting_number integer  NOT NULL,
    tenant         text     NOT NULL,
    account        text     NOT NULL,
    currency       text     NOT NULL,
    PRIMARY KEY (partition, sequence, posting_number)
);

-- Kept by partition, so that each row has one writer: no lock is ever shared by two.
CREATE TABLE ledger.balance (
    partition integer NOT NULL,
    tenant    text    NOT NULL,
    currency  text    NOT NULL,
    account   text    NOT NULL,
    balance   bigint  NOT NULL,
    PRIMARY KEY (partition, tenant, currency, account)
) WITH (fillfactor = 50);

CREATE TABLE ledger.refusal (
    record_partition integer     NOT NULL,
    record_offset    bigint      NOT NULL,
    tenant           text        NOT NULL,
    partition        integer     NOT NULL,
    "offset"         bigint      NOT NULL,
    reason           text        NOT NULL,
    detail           text        NOT NULL,
    event_id         uuid,
    payment_id       uuid,
    event_type       text,
    amount           bigint,
    currency         text,
    recorded_at      timestamptz NOT NULL,
    PRIMARY KEY (record_partition, record_offset)
);

CREATE INDEX refusal_of_tenant ON ledger.refusal (tenant, recorded_at);
CREATE INDEX refusal_of_payment ON ledger.refusal (payment_id) WHERE payment_id IS NOT NULL;

CREATE VIEW ledger.entries WITH (security_invoker = true) AS
SELECT tenant,
       partition,
       sequence,
       kind,
       business_date,
       tenant || '-' || to_char(business_date, 'YYYYMMDD') AS batch_id,
       recorded_at,
       source_offset,
       refers_to,
       reason,
       event_id,
       payment_id,
       event_type,
       channel,
       tender,
       currency,
       amount,
       through,
       client_reference,
       payer_reference,
       occurred_at,
       received_at,
       card_fingerprint,
       card_bin,
       card_last_four,
       page_version,
       hash
FROM ledger.entry;

CREATE VIEW ledger.postings WITH (security_invoker = true) AS
SELECT tenant, partition, sequence, posting_number, business_date, account, currency, amount
FROM ledger.posting;

CREATE VIEW ledger.items WITH (security_invoker = true) AS
SELECT entry.tenant,
       entry.partition,
       entry.sequence,
       item.number::integer AS item_number,
       entry.business_date,
       item.value ->> 'billType' AS bill_type,
       item.value ->> 'fund' AS fund,
       item.value ->> 'billAccount' AS bill_account,
       entry.currency,
       (item.value ->> 'amount')::bigint AS amount
FROM ledger.entry
CROSS JOIN LATERAL jsonb_array_elements(entry.items) WITH ORDINALITY AS item (value, number);

CREATE VIEW ledger.balances WITH (security_invoker = true) AS
SELECT tenant, account, currency, sum(balance)::bigint AS balance
FROM ledger.balance
GROUP BY tenant, account, currency;

CREATE VIEW ledger.refusals WITH (security_invoker = true) AS
SELECT tenant, partition, "offset", reason, detail, event_id, payment_id, event_type, amount, currency, recorded_at
FROM ledger.refusal;

CREATE VIEW ledger.payments WITH (security_invoker = true) AS
WITH facts AS (
    SELECT tenant,
           payment_id,
           (array_agg(currency ORDER BY event_type = 'CAPTURED' DESC, sequence))[1] AS currency,
           coalesce(sum(amount) FILTER (WHERE counted AND event_type = 'CAPTURED'), 0)::bigint AS captured,
           coalesce(sum(amount) FILTER (WHERE counted AND event_type = 'REFUNDED'), 0)::bigint AS refunded,
           (coalesce(sum(amount) FILTER (WHERE counted AND event_type = 'CHARGED_BACK'), 0)
               - coalesce(sum(amount) FILTER (WHERE counted AND event_type = 'CHARGEBACK_WON'), 0))::bigint AS charged_back,
           coalesce(sum(amount) FILTER (WHERE counted AND event_type = 'CHARGEBACK_LOST'), 0)::bigint AS lost,
           coalesce(sum(amount) FILTER (WHERE counted AND event_type = 'RETURNED'), 0)::bigint AS returned,
           coalesce(sum(amount) FILTER (WHERE counted AND event_type = 'VOIDED'), 0)::bigint AS voided,
           bool_or(counted AND event_type = 'CAPTURED') AS is_captured,
           bool_or(counted AND event_type = 'AUTHORISED') AS is_authorised,
           bool_or(counted AND event_type = 'DECLINED') AS is_declined,
           bool_or(counted AND event_type = 'ENROLLED') AS is_enrolled,
           count(*) FILTER (WHERE kind = 'PARKED') > count(*) FILTER (WHERE kind IN ('RELEASED', 'RELEASE_REFUSED')) AS is_parked,
           (array_agg(channel ORDER BY event_type = 'CAPTURED' DESC, sequence))[1] AS channel,
           (array_agg(tender ORDER BY event_type = 'CAPTURED' DESC, sequence))[1] AS tender,
           (array_agg(processor ORDER BY event_type = 'CAPTURED' DESC, sequence))[1] AS processor,
           (array_agg(business_date ORDER BY event_type = 'CAPTURED' DESC, sequence))[1] AS business_date,
           min(occurred_at) AS first_at,
           max(occurred_at) AS last_at
    FROM (SELECT entry.*, kind IN ('RECORDED', 'RELEASED') AS counted
          FROM ledger.entry
          WHERE payment_id IS NOT NULL
            AND event_type NOT IN ('PROCESSOR_FEE', 'DEPOSITED', 'FUNDED')) AS of_payments
    GROUP BY tenant, payment_id
)
SELECT tenant,
       payment_id,
       currency,
       CASE
           WHEN voided > 0 THEN 'VOIDED'
           WHEN lost > 0 THEN 'CHARGEBACK_LOST'
           WHEN charged_back > 0 THEN 'CHARGED_BACK'
           WHEN returned > 0 THEN 'RETURNED'
           WHEN is_captured AND refunded >= captured THEN 'REFUNDED'
           WHEN refunded > 0 THEN 'PARTLY_REFUNDED'
           WHEN is_captured THEN 'CAPTURED'
           WHEN is_authorised THEN 'AUTHORISED'
           WHEN is_enrolled THEN 'ENROLLED'
           WHEN is_declined THEN 'DECLINED'
           WHEN is_parked THEN 'PARKED'
           ELSE 'REFUSED'
       END AS status,
       captured,
       refunded,
       charged_back,
       returned,
       voided,
       channel,
       tender,
       processor,
       business_date,
       first_at,
       last_at
FROM facts;

COMMENT ON VIEW ledger.entries IS 'One row for each entry of the journal: an accepted event, or a mark (TERMS_SET, DAY_CLOSED). Columns of the event are null for marks.';
COMMENT ON COLUMN ledger.entries.tenant IS 'The city.';
COMMENT ON COLUMN ledger.entries.partition IS 'Partition of the journal.';
COMMENT ON COLUMN ledger.entries.sequence IS 'Gapless per partition, from 0.';
COMMENT ON COLUMN ledger.entries.kind IS 'RECORDED: an event, posted or without postings. PARKED: an early event, kept. RELEASED: a parked event, posted. RELEASE_REFUSED: a parked event, refused. TERMS_SET, DAY_CLOSED: marks.';
COMMENT ON COLUMN ledger.entries.business_date IS 'The date that the tenant had open.';
COMMENT ON COLUMN ledger.entries.batch_id IS 'The batch that holds the entry once the date is closed: {tenant}-{yyyymmdd}.';
COMMENT ON COLUMN ledger.entries.recorded_at IS 'Timestamp of the input record.';
COMMENT ON COLUMN ledger.entries.source_offset IS 'Offset in the same partition of payments.events.';
COMMENT ON COLUMN ledger.entries.refers_to IS 'RELEASED, RELEASE_REFUSED: sequence of the PARKED entry; else -1.';
COMMENT ON COLUMN ledger.entries.reason IS 'RELEASE_REFUSED: why; else NONE.';
COMMENT ON COLUMN ledger.entries.event_id IS 'Identity of the event.';
COMMENT ON COLUMN ledger.entries.payment_id IS 'The payment that the event belongs to.';
COMMENT ON COLUMN ledger.entries.event_type IS 'AUTHORISED, DECLINED, ENROLLED, CAPTURED, VOIDED, REFUNDED, CHARGED_BACK, CHARGEBACK_WON, CHARGEBACK_LOST, RETURNED, PROCESSOR_FEE, DEPOSITED or FUNDED.';
COMMENT ON COLUMN ledger.entries.channel IS 'WEB, COUNTER, KIOSK, PHONE or MAIL.';
COMMENT ON COLUMN ledger.entries.tender IS 'Tender of the payment that was captured: CARD, ECHECK, CASH or CHECK.';
COMMENT ON COLUMN ledger.entries.currency IS 'ISO 4217 letters.';
COMMENT ON COLUMN ledger.entries.amount IS 'Amount of the event in minor units.';
COMMENT ON COLUMN ledger.entries.through IS 'The clearing or till account of the payment; empty without postings.';
COMMENT ON COLUMN ledger.entries.client_reference IS 'The client''s own reference; of a FUNDED event the batch.';
COMMENT ON COLUMN ledger.entries.payer_reference IS 'Pseudonym of the payer.';
COMMENT ON COLUMN ledger.entries.occurred_at IS 'When it happened.';
COMMENT ON COLUMN ledger.entries.received_at IS 'When ingest received it.';
COMMENT ON COLUMN ledger.entries.card_fingerprint IS 'The processor''s token for the card; null without a card.';
COMMENT ON COLUMN ledger.entries.card_bin IS 'First 6 to 8 digits; null without a card.';
COMMENT ON COLUMN ledger.entries.card_last_four IS 'Last four digits; null without a card.';
COMMENT ON COLUMN ledger.entries.page_version IS 'Version of the payment page.';
COMMENT ON COLUMN ledger.entries.hash IS 'SHA-256 over the previous entry''s hash and the entry''s Avro bytes before its own hash.';

COMMENT ON VIEW ledger.postings IS 'Debits and credits. The postings of one entry add up to 0.';
COMMENT ON COLUMN ledger.postings.posting_number IS 'Place in the entry, from 0.';
COMMENT ON COLUMN ledger.postings.account IS 'Account of the tenant: clearing:{processor}, till:{CHANNEL}, in-transit:{processor}, bank, fund:{fund}, convenience-fee, processor-fee, dispute or unapplied.';
COMMENT ON COLUMN ledger.postings.amount IS 'Minor units: debit positive, credit negative.';

COMMENT ON VIEW ledger.items IS 'What was paid: the items of each event, in order.';
COMMENT ON COLUMN ledger.items.item_number IS 'Place in the event, from 1.';
COMMENT ON COLUMN ledger.items.amount IS 'Minor units, positive.';

COMMENT ON VIEW ledger.balances IS 'The balance of every account: the sum of all its postings, over all partitions.';
COMMENT ON COLUMN ledger.balances.balance IS 'Minor units: debit positive.';

COMMENT ON VIEW ledger.refusals IS 'Readable events that the rules did not accept, and duplicates. Columns of the event are null for a refused mark.';
COMMENT ON COLUMN ledger.refusals.partition IS 'Partition of payments.events.';
COMMENT ON COLUMN ledger.refusals."offset" IS 'Offset in payments.events.';

COMMENT ON VIEW ledger.payments IS 'Each payment with what has become of it, folded from its entries. Fast by payment_id; a listing of a tenant folds all its payments.';
COMMENT ON COLUMN ledger.payments.status IS 'VOIDED, CHARGEBACK_LOST, CHARGED_BACK (open dispute), RETURNED, REFUNDED, PARTLY_REFUNDED, CAPTURED, AUTHORISED, ENROLLED, DECLINED, PARKED (waits for the event that it refers to) or REFUSED (waited in vain).';
COMMENT ON COLUMN ledger.payments.captured IS 'Minor units.';
COMMENT ON COLUMN ledger.payments.refunded IS 'Minor units.';
COMMENT ON COLUMN ledger.payments.charged_back IS 'Minor units: disputed or lost, less won.';
COMMENT ON COLUMN ledger.payments.returned IS 'Minor units.';
COMMENT ON COLUMN ledger.payments.voided IS 'Minor units.';
COMMENT ON COLUMN ledger.payments.business_date IS 'Business date of the capture, else of the first entry.';
COMMENT ON COLUMN ledger.payments.first_at IS 'When the first of its events happened.';
COMMENT ON COLUMN ledger.payments.last_at IS 'When the last of its events happened.';
