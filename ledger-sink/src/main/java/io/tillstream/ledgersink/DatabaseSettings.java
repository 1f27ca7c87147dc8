package io.tillstream.ledgersink;

import io.tillstream.ledgersink.database.Database;
import io.tillstream.runtime.Secret;
import io.tillstream.runtime.Setting;
import java.util.Optional;

/** Where the ledger's PostgreSQL is. */
public record DatabaseSettings(
        @Setting(key = "url", doc = "JDBC URL, for example jdbc:postgresql://127.0.0.1:5432/tillstream.")
        String url,

        @Setting(key = "user", doc = "A login that may take the role tillstream_writer and migrate the schemas.")
        String user,

        @Setting(key = "password", doc = "Its password; none where the server trusts the connection.")
        Optional<Secret> password,

        @Setting(
                key = "connections.max",
                doc = "Most connections at once, two locks apart; each journal thread takes one.",
                def = "10",
                min = "4",
                max = "100")
        int connectionsMax) {

    /** Opens the pool; no connection yet. */
    Database open() {
        return Database.open(url, user, password.map(Secret::reveal).orElse(""), connectionsMax);
    }
}
