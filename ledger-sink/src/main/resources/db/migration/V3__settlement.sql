-- A batch as the topic settlement.batches told it, and how far it has come. bank and time_zone are those in force when the
-- batch was verified: they are kept with it, so that its files can be written again with the same bytes.
CREATE TABLE settlement.batch (
    batch_id           text        PRIMARY KEY,
    tenant             text        NOT NULL,
    business_date      date        NOT NULL,
    next_business_date date        NOT NULL,
    currency           text        NOT NULL,
    state              text        NOT NULL CHECK (state IN ('CLOSED', 'VERIFIED', 'WRITTEN', 'DELIVERED', 'FUNDED')),
    reason             text        NOT NULL DEFAULT '',
    entry_count        bigint      NOT NULL,
    closed_at          timestamptz NOT NULL,
    verified_at        timestamptz,
    written_at         timestamptz,
    delivered_at       timestamptz,
    funded_at          timestamptz,
    bank               jsonb,
    time_zone          text,
    UNIQUE (tenant, business_date)
);

CREATE INDEX batch_unfinished ON settlement.batch (closed_at) WHERE state <> 'FUNDED';

CREATE TABLE settlement.part (
    batch_id       text    NOT NULL REFERENCES settlement.batch,
    partition      integer NOT NULL,
    tenant         text    NOT NULL,
    first_sequence bigint  NOT NULL,
    last_sequence  bigint  NOT NULL,
    entry_count    bigint  NOT NULL,
    chain_head     bytea   NOT NULL,
    PRIMARY KEY (batch_id, partition)
);

CREATE TABLE settlement.line (
    batch_id         text   NOT NULL REFERENCES settlement.batch,
    tenant           text   NOT NULL,
    through          text   NOT NULL,
    tender           text   NOT NULL,
    account          text   NOT NULL,
    gross            bigint NOT NULL,
    voids            bigint NOT NULL,
    refunds          bigint NOT NULL,
    chargebacks      bigint NOT NULL,
    returns          bigint NOT NULL,
    fees             bigint NOT NULL,
    net              bigint NOT NULL,
    capture_count    bigint NOT NULL,
    void_count       bigint NOT NULL,
    refund_count     bigint NOT NULL,
    chargeback_count bigint NOT NULL,
    return_count     bigint NOT NULL,
    fee_count        bigint NOT NULL,
    PRIMARY KEY (batch_id, through, tender, account)
);

CREATE TABLE settlement.file (
    batch_id     text        NOT NULL REFERENCES settlement.batch,
    format       text        NOT NULL,
    tenant       text        NOT NULL,
    name         text        NOT NULL UNIQUE,
    size_bytes   bigint      NOT NULL,
    sha256       text        NOT NULL,
    total        bigint      NOT NULL,
    released_at  timestamptz NOT NULL,
    announced_at timestamptz,
    PRIMARY KEY (batch_id, format)
);

CREATE INDEX file_unannounced ON settlement.file (released_at) WHERE announced_at IS NULL;

-- The one place of the rule by which a posting counts in a settlement line: every posting that is not on the payment's own
-- clearing or till account and not on bank or in-transit, in the column of its event's type.
CREATE VIEW settlement.movements WITH (security_invoker = true) AS
SELECT entry.tenant,
       entry.business_date,
       entry.partition,
       entry.sequence,
       posting.posting_number,
       entry.through,
       entry.tender,
       posting.account,
       CASE entry.event_type
           WHEN 'CAPTURED' THEN 'GROSS'
           WHEN 'VOIDED' THEN 'VOIDS'
           WHEN 'REFUNDED' THEN 'REFUNDS'
           WHEN 'CHARGED_BACK' THEN 'CHARGEBACKS'
           WHEN 'CHARGEBACK_WON' THEN 'CHARGEBACKS'
           WHEN 'CHARGEBACK_LOST' THEN 'CHARGEBACKS'
           WHEN 'RETURNED' THEN 'RETURNS'
           WHEN 'PROCESSOR_FEE' THEN 'FEES'
       END AS counts_in,
       CASE WHEN entry.event_type = 'CAPTURED' THEN -posting.amount ELSE posting.amount END AS amount
FROM ledger.entry
JOIN ledger.posting ON posting.partition = entry.partition AND posting.sequence = entry.sequence
WHERE entry.event_type IN ('CAPTURED', 'VOIDED', 'REFUNDED', 'CHARGED_BACK', 'CHARGEBACK_WON', 'CHARGEBACK_LOST', 'RETURNED', 'PROCESSOR_FEE')
  AND posting.account <> entry.through
  AND posting.account <> 'bank'
  AND posting.account NOT LIKE 'in-transit:%';

-- What the lines of a date must be, from the rows of the ledger alone.
CREATE VIEW settlement.recomputed_lines WITH (security_invoker = true) AS
WITH totals AS (
    SELECT tenant,
           business_date,
           through,
           tender,
           account,
           coalesce(sum(amount) FILTER (WHERE counts_in = 'GROSS'), 0)::bigint AS gross,
           coalesce(sum(amount) FILTER (WHERE counts_in = 'VOIDS'), 0)::bigint AS voids,
           coalesce(sum(amount) FILTER (WHERE counts_in = 'REFUNDS'), 0)::bigint AS refunds,
           coalesce(sum(amount) FILTER (WHERE counts_in = 'CHARGEBACKS'), 0)::bigint AS chargebacks,
           coalesce(sum(amount) FILTER (WHERE counts_in = 'RETURNS'), 0)::bigint AS returns,
           coalesce(sum(amount) FILTER (WHERE counts_in = 'FEES'), 0)::bigint AS fees,
           count(*) FILTER (WHERE counts_in = 'GROSS') AS capture_count,
           count(*) FILTER (WHERE counts_in = 'VOIDS') AS void_count,
           count(*) FILTER (WHERE counts_in = 'REFUNDS') AS refund_count,
           count(*) FILTER (WHERE counts_in = 'CHARGEBACKS') AS chargeback_count,
           count(*) FILTER (WHERE counts_in = 'RETURNS') AS return_count,
           count(*) FILTER (WHERE counts_in = 'FEES') AS fee_count
    FROM settlement.movements
    GROUP BY tenant, business_date, through, tender, account
)
SELECT tenant, business_date, through, tender, account, gross, voids, refunds, chargebacks, returns, fees,
       gross - voids - refunds - chargebacks - returns - fees AS net,
       capture_count, void_count, refund_count, chargeback_count, return_count, fee_count
FROM totals;

CREATE VIEW settlement.batches WITH (security_invoker = true) AS
SELECT batch.batch_id,
       batch.tenant,
       batch.business_date,
       batch.currency,
       batch.state,
       batch.reason,
       batch.entry_count,
       coalesce(totals.gross, 0) AS gross,
       coalesce(totals.net, 0) AS net,
       batch.closed_at,
       batch.verified_at,
       batch.written_at,
       batch.delivered_at,
       batch.funded_at
FROM settlement.batch
LEFT JOIN LATERAL (
    SELECT sum(line.gross)::bigint AS gross, sum(line.net)::bigint AS net
    FROM settlement.line
    WHERE line.batch_id = batch.batch_id
) AS totals ON true;

CREATE VIEW settlement.lines WITH (security_invoker = true) AS
SELECT line.batch_id,
       line.tenant,
       batch.business_date,
       line.through,
       line.tender,
       line.account,
       line.gross,
       line.voids,
       line.refunds,
       line.chargebacks,
       line.returns,
       line.fees,
       line.net,
       line.capture_count,
       line.void_count,
       line.refund_count,
       line.chargeback_count,
       line.return_count,
       line.fee_count
FROM settlement.line
JOIN settlement.batch ON batch.batch_id = line.batch_id;

CREATE VIEW settlement.parts WITH (security_invoker = true) AS
SELECT batch_id, tenant, partition, first_sequence, last_sequence, entry_count, chain_head
FROM settlement.part;

CREATE VIEW settlement.files WITH (security_invoker = true) AS
SELECT file.batch_id,
       file.tenant,
       batch.business_date,
       file.format,
       file.name,
       file.size_bytes,
       file.sha256,
       file.total,
       file.released_at
FROM settlement.file
JOIN settlement.batch ON batch.batch_id = file.batch_id;

COMMENT ON VIEW settlement.batches IS 'One tenant''s closed business date.';
COMMENT ON COLUMN settlement.batches.batch_id IS '{tenant}-{yyyymmdd}.';
COMMENT ON COLUMN settlement.batches.state IS 'CLOSED: told by settlement. VERIFIED: the rows of the ledger agree. WRITTEN: its files are released. DELIVERED: the city''s side has them. FUNDED: the bank paid it.';
COMMENT ON COLUMN settlement.batches.reason IS 'Why it is not further; empty when nothing holds it up.';
COMMENT ON COLUMN settlement.batches.entry_count IS 'Entries in the batch, marks included.';
COMMENT ON COLUMN settlement.batches.gross IS 'Captured, in minor units.';
COMMENT ON COLUMN settlement.batches.net IS 'What is left, in minor units.';
COMMENT ON COLUMN settlement.batches.closed_at IS 'From the mark that closed the date.';
COMMENT ON VIEW settlement.lines IS 'Totals of a batch by through, tender and account, in minor units. net = gross - voids - refunds - chargebacks - returns - fees.';
COMMENT ON COLUMN settlement.lines.through IS 'clearing:{processor} or till:{CHANNEL}.';
COMMENT ON COLUMN settlement.lines.tender IS 'Tender of the payments.';
COMMENT ON COLUMN settlement.lines.account IS 'fund:{fund}, convenience-fee, unapplied, dispute or processor-fee.';
COMMENT ON COLUMN settlement.lines.gross IS 'Captured.';
COMMENT ON COLUMN settlement.lines.voids IS 'Turned round on the same date.';
COMMENT ON COLUMN settlement.lines.refunds IS 'Refunded.';
COMMENT ON COLUMN settlement.lines.chargebacks IS 'Disputed and lost, less won.';
COMMENT ON COLUMN settlement.lines.returns IS 'Bounced.';
COMMENT ON COLUMN settlement.lines.fees IS 'Taken by the processor.';
COMMENT ON COLUMN settlement.lines.net IS 'What is left.';
COMMENT ON VIEW settlement.parts IS 'What each partition contributed to a batch.';
COMMENT ON COLUMN settlement.parts.chain_head IS 'Hash of the DAY_CLOSED entry.';
COMMENT ON VIEW settlement.files IS 'Released files. They lie in {files.directory}/{tenant}/{name}, with {name}.sha256 beside them.';
COMMENT ON COLUMN settlement.files.total IS 'Control total in minor units: what the bank is told to pay (nacha-ccd) or net of all lines (payment-detail).';
COMMENT ON VIEW settlement.movements IS 'Postings as they count in settlement lines.';
COMMENT ON COLUMN settlement.movements.counts_in IS 'GROSS, VOIDS, REFUNDS, CHARGEBACKS, RETURNS or FEES.';
COMMENT ON COLUMN settlement.movements.amount IS 'Minor units, in the sign of the column that it counts in.';
COMMENT ON VIEW settlement.recomputed_lines IS 'Lines of every date, closed or open, from the rows of the ledger.';
