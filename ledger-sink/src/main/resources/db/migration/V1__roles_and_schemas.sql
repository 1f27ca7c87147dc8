-- Roles are shared by all databases of a cluster, so they may be there already. Creating a role that bypasses row-level
-- security needs a superuser: where the migration runs without one, a database administrator creates both roles first.
-- The writer bypasses row-level security because COPY FROM is not possible under it.
DO $$
BEGIN
    BEGIN
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'tillstream_writer') THEN
            CREATE ROLE tillstream_writer NOLOGIN BYPASSRLS;
        END IF;
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'tillstream_reader') THEN
            CREATE ROLE tillstream_reader NOLOGIN;
        END IF;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN
        RAISE NOTICE 'roles were created at the same time by another database';
    END;
END
$$;

CREATE SCHEMA ledger;
CREATE SCHEMA settlement;
CREATE SCHEMA operations;
CREATE SCHEMA fraud;

COMMENT ON SCHEMA ledger IS 'The journal as rows: entries, their postings, and what follows from them. Written by the ledger sink only, exactly once.';
COMMENT ON SCHEMA settlement IS 'Closed business dates: batches, their lines, their files.';
COMMENT ON SCHEMA operations IS 'How far the sink is, which date each tenant has open, what was put aside.';
COMMENT ON SCHEMA fraud IS 'Findings of detection.';

GRANT USAGE ON SCHEMA ledger, settlement, operations, fraud TO tillstream_writer, tillstream_reader;
