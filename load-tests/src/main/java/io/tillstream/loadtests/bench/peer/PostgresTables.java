package io.tillstream.loadtests.bench.peer;

/** Tables and statements of the peer that is PostgreSQL alone. */
public final class PostgresTables {
    /**
     * Run once. An event's own id is the primary key and so the dedupe; a payment's id is its first event's. Postings hang on the
     * event without a foreign key, which would only cost this peer.
     */
    public static final String CREATE = """
            CREATE SCHEMA bench;
            CREATE TABLE bench.event (
                event_id uuid PRIMARY KEY, payment_id uuid NOT NULL, tenant text NOT NULL, type text NOT NULL,
                amount bigint NOT NULL, appended_at bigint NOT NULL, body bytea NOT NULL, accounts text[], amounts bigint[]
            );
            ALTER TABLE bench.event ALTER COLUMN body SET STORAGE PLAIN;
            CREATE TABLE bench.payment (
                payment_id uuid PRIMARY KEY, captured bigint NOT NULL, taken bigint NOT NULL, through text NOT NULL,
                accounts text[] NOT NULL, amounts bigint[] NOT NULL
            ) WITH (fillfactor = 95);
            CREATE TABLE bench.balance (
                keeper integer, tenant text, account text, balance bigint NOT NULL, PRIMARY KEY (keeper, tenant, account)
            ) WITH (fillfactor = 50);
            CREATE TABLE bench.source (partition integer PRIMARY KEY, next_offset bigint NOT NULL) WITH (fillfactor = 10);
            """;

    static final String INCOMING = """
            CREATE TEMPORARY TABLE incoming (
                position integer, event_id uuid, payment_id uuid, tenant text, type text, amount bigint, appended_at bigint,
                body bytea, through text, accounts text[], amounts bigint[]
            ) ON COMMIT DELETE ROWS""";

    /** Captures first: what is new among them, their payments, their balances. */
    private static final String CAPTURES = """
            WITH fresh AS (
                INSERT INTO bench.event
                SELECT DISTINCT ON (event_id)
                    event_id, payment_id, tenant, type, amount, appended_at, body, accounts, amounts
                FROM incoming WHERE through IS NOT NULL ORDER BY event_id, position
                ON CONFLICT (event_id) DO NOTHING
                RETURNING event_id, payment_id, tenant, amount, accounts, amounts
            ), kept AS (
                INSERT INTO bench.payment
                SELECT payment_id, amount, 0, accounts[1], accounts[2:], amounts[2:] FROM fresh
            )
            INSERT INTO bench.balance
            SELECT :keeper, tenant, account, sum(part) FROM fresh, unnest(accounts, amounts) AS posting(account, part)
            GROUP BY tenant, account ORDER BY tenant, account
            ON CONFLICT (keeper, tenant, account) DO UPDATE SET balance = bench.balance.balance + EXCLUDED.balance;
            """;

    /**
     * Then refunds and chargebacks, which are few: those that are new, whose payment is there and has enough left. Of two follow-ups
     * of one payment in one poll the second waits for no one: it is refused, which the workload never asks for.
     */
    private static final String FOLLOW_UPS = """
            WITH candidate AS (
                SELECT DISTINCT ON (i.payment_id) i.*, p.captured, p.through AS paid_through, p.accounts AS lines, p.amounts AS parts
                FROM incoming i JOIN bench.payment p USING (payment_id)
                WHERE i.through IS NULL AND i.amount <= p.captured - p.taken
                    AND NOT EXISTS (SELECT FROM bench.event e WHERE e.event_id = i.event_id)
                ORDER BY i.payment_id, i.position
            ), shared AS (
                SELECT c.event_id, line.number, line.account,
                    CASE WHEN line.number < cardinality(c.parts) THEN c.amount * -line.part / c.captured
                         ELSE c.amount - (SELECT coalesce(sum(c.amount * -other / c.captured), 0)::bigint
                                          FROM unnest(c.parts[1:cardinality(c.parts) - 1]) AS other)
                    END AS part
                FROM candidate c, unnest(c.lines, c.parts) WITH ORDINALITY AS line(account, part, number)
                WHERE c.type = 'REFUNDED'
            ), posted AS (
                SELECT c.*, p.accounts AS post_accounts, p.amounts AS post_amounts FROM candidate c CROSS JOIN LATERAL (
                    SELECT coalesce(array_agg(s.account ORDER BY s.number), ARRAY['dispute']) || c.paid_through AS accounts,
                           coalesce(array_agg(s.part ORDER BY s.number), ARRAY[c.amount]) || -c.amount AS amounts
                    FROM shared s WHERE s.event_id = c.event_id) p
            ), fresh AS (
                INSERT INTO bench.event
                SELECT event_id, payment_id, tenant, type, amount, appended_at, body, post_accounts, post_amounts FROM posted
                ON CONFLICT (event_id) DO NOTHING
                RETURNING event_id, payment_id, tenant, amount, accounts, amounts
            ), taken AS (
                UPDATE bench.payment p SET taken = p.taken + f.amount FROM fresh f WHERE p.payment_id = f.payment_id
            )
            INSERT INTO bench.balance
            SELECT :keeper, tenant, account, sum(part) FROM fresh, unnest(accounts, amounts) AS posting(account, part)
            GROUP BY tenant, account ORDER BY tenant, account
            ON CONFLICT (keeper, tenant, account) DO UPDATE SET balance = bench.balance.balance + EXCLUDED.balance;
            """;

    private PostgresTables() {}

    /** Balances are kept per connection: two would wait for each other on the rows of large cities. */
    static String postStatement(int keeper) {
        return (CAPTURES + FOLLOW_UPS).replace(":keeper", Integer.toString(keeper));
    }
}
