-- The offset store of the sink, and its fence: a writer moves a row on only from the values that it knows.
CREATE TABLE operations.sink_offset (
    topic         text    NOT NULL,
    partition     integer NOT NULL,
    next_offset   bigint  NOT NULL,
    next_sequence bigint  NOT NULL,
    chain_head    bytea   NOT NULL,
    PRIMARY KEY (topic, partition)
) WITH (fillfactor = 50);

CREATE TABLE operations.quarantined (
    record_partition integer     NOT NULL,
    record_offset    bigint      NOT NULL,
    reason           text        NOT NULL,
    detail           text        NOT NULL,
    tenant           text        NOT NULL,
    topic            text        NOT NULL,
    partition        integer     NOT NULL,
    "offset"         bigint      NOT NULL,
    recorded_at      timestamptz NOT NULL,
    value_bytes      bigint      NOT NULL,
    value_hash       bytea,
    PRIMARY KEY (record_partition, record_offset)
);

-- The newest record of each tenant in the topic tenants.
CREATE TABLE operations.tenant (
    tenant    text    PRIMARY KEY,
    name      text    NOT NULL,
    time_zone text    NOT NULL,
    cut_off   text    NOT NULL,
    currency  text    NOT NULL,
    calendar  text    NOT NULL,
    bank      jsonb   NOT NULL
);

-- Which date each partition has open, as its journal says.
CREATE TABLE operations.open_day (
    tenant    text    NOT NULL,
    partition integer NOT NULL,
    open_date date    NOT NULL,
    PRIMARY KEY (tenant, partition)
);

-- What the closer decided. marked_at is null between the decision and the commit of its marks.
CREATE TABLE operations.day_close (
    tenant             text        NOT NULL,
    business_date      date        NOT NULL,
    next_business_date date        NOT NULL,
    closed_at          timestamptz NOT NULL,
    marked_at          timestamptz,
    PRIMARY KEY (tenant, business_date)
);

CREATE TABLE fraud.anomaly (
    record_partition integer     NOT NULL,
    record_offset    bigint      NOT NULL,
    anomaly_id       text        NOT NULL,
    rule             text        NOT NULL,
    tenant           text        NOT NULL,
    subject_kind     text        NOT NULL,
    subject          text        NOT NULL,
    channel          text        NOT NULL,
    window_start     timestamptz NOT NULL,
    window_end       timestamptz NOT NULL,
    detected_at      timestamptz NOT NULL,
    attempts         bigint      NOT NULL,
    declines         bigint      NOT NULL,
    small_amounts    bigint      NOT NULL,
    distinct_cards   bigint      NOT NULL,
    amount_total     bigint      NOT NULL,
    currency         text        NOT NULL,
    detail           text        NOT NULL,
    evidence         text[]      NOT NULL,
    PRIMARY KEY (record_partition, record_offset)
);

CREATE INDEX anomaly_by_id ON fraud.anomaly (anomaly_id, record_offset);

CREATE VIEW operations.quarantine WITH (security_invoker = true) AS
SELECT reason, detail, tenant, topic, partition, "offset", recorded_at, value_bytes, value_hash
FROM operations.quarantined;

CREATE VIEW operations.tenants WITH (security_invoker = true) AS
SELECT tenant.tenant,
       tenant.name,
       tenant.time_zone,
       tenant.cut_off,
       tenant.currency,
       days.open_date,
       -- A cut-off at 00:00 is the midnight that ends the date.
       (days.open_date + tenant.cut_off::time + CASE WHEN tenant.cut_off::time = '00:00' THEN interval '1 day' ELSE interval '0' END)
           AT TIME ZONE tenant.time_zone AS next_close_at
FROM operations.tenant
LEFT JOIN LATERAL (
    SELECT max(known.open_date) AS open_date
    FROM (SELECT open_day.open_date FROM operations.open_day WHERE open_day.tenant = tenant.tenant
          UNION ALL
          SELECT day_close.next_business_date FROM operations.day_close
          WHERE day_close.tenant = tenant.tenant AND day_close.marked_at IS NOT NULL) AS known
) AS days ON true;

-- Detection may tell of one anomaly again while it grows: the newest record counts.
CREATE VIEW fraud.anomalies WITH (security_invoker = true) AS
SELECT DISTINCT ON (anomaly_id)
       anomaly_id, rule, tenant, subject_kind, subject, channel, window_start, window_end, detected_at, attempts, declines,
       small_amounts, distinct_cards, amount_total, currency, detail, evidence
FROM fraud.anomaly
ORDER BY anomaly_id, record_offset DESC;

COMMENT ON TABLE operations.sink_offset IS 'How far the sink is in every partition of every topic that it stores.';
COMMENT ON COLUMN operations.sink_offset.next_offset IS 'Offset of the next record to store.';
COMMENT ON COLUMN operations.sink_offset.next_sequence IS 'Journal: sequence of the next entry. Other topics: records stored.';
COMMENT ON COLUMN operations.sink_offset.chain_head IS 'Journal: hash of the last entry stored, 32 zero bytes before the first. Other topics: 32 zero bytes.';
COMMENT ON VIEW operations.quarantine IS 'Input that could not be read or must not be read. Never holds the input itself.';
COMMENT ON COLUMN operations.quarantine.tenant IS 'The city, if known; else empty, and then only operators see the row.';
COMMENT ON COLUMN operations.quarantine.topic IS 'Where it was found: a topic, or http.';
COMMENT ON COLUMN operations.quarantine.value_bytes IS 'Length of the value.';
COMMENT ON COLUMN operations.quarantine.value_hash IS 'SHA-256 of the value; null where it must not be kept.';
COMMENT ON VIEW operations.tenants IS 'Tenants with the business date that they have open.';
COMMENT ON COLUMN operations.tenants.cut_off IS 'HH:mm local: when the business date closes.';
COMMENT ON COLUMN operations.tenants.open_date IS 'The open business date; null until the tenant''s terms are in the journal.';
COMMENT ON COLUMN operations.tenants.next_close_at IS 'When the open date closes by time.';
COMMENT ON VIEW fraud.anomalies IS 'Findings of detection, the newest record of each. tenant is empty when several are affected, and then only operators see the row.';
COMMENT ON COLUMN fraud.anomalies.subject IS 'Keyed hash of the source, or the BIN.';
COMMENT ON COLUMN fraud.anomalies.amount_total IS 'Minor units attempted.';
COMMENT ON COLUMN fraud.anomalies.evidence IS 'Event ids, latest last, at most 50.';
