package io.tillstream.console.query;

/** All subjects that can be asked about, over one database. */
public record Queries(
        PaymentQueries payments,
        EntryQueries entries,
        BalanceQueries balances,
        BatchQueries batches,
        AnomalyQueries anomalies,
        RefusalQueries refusals,
        QuarantineQueries quarantine,
        OverviewQueries overview,
        DaySumQueries daySums) {

    public static Queries over(ReadDatabase database) {
        return new Queries(
                new PaymentQueries(database),
                new EntryQueries(database),
                new BalanceQueries(database),
                new BatchQueries(database),
                new AnomalyQueries(database),
                new RefusalQueries(database),
                new QuarantineQueries(database),
                new OverviewQueries(database),
                new DaySumQueries(database));
    }
}
