package io.tillstream.ledgersink.records;

import io.tillstream.ledgersink.database.BankJson;
import io.tillstream.ledgersink.database.RowInsert;
import io.tillstream.schemas.AvroCodec;
import io.tillstream.schemas.Tenant;
import io.tillstream.schemas.Topics;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** The topic tenants into operations.tenant: the newest record of a tenant counts. */
final class TenantTable implements RecordTable {
    private static final List<String> COLUMNS =
            List.of("tenant", "name", "time_zone", "cut_off", "currency", "calendar", "bank");
    private static final String NEWEST = " ON CONFLICT (tenant) DO UPDATE SET name = excluded.name,"
            + " time_zone = excluded.time_zone, cut_off = excluded.cut_off, currency = excluded.currency,"
            + " calendar = excluded.calendar, bank = excluded.bank";

    private final AvroCodec<Tenant> codec;

    TenantTable(AvroCodec<Tenant> codec) {
        this.codec = codec;
    }

    @Override
    public Topics topic() {
        return Topics.TENANTS;
    }

    @Override
    public Object decode(byte[] value) {
        return codec.decode(value);
    }

    @Override
    public void write(Connection connection, List<Placed> records) throws SQLException {
        // One by one: a batch that is rewritten into one statement may not hold a tenant twice.
        for (Placed placed : records) {
            try (RowInsert insert = RowInsert.into(connection, "operations.tenant", COLUMNS, NEWEST)) {
                Tenant tenant = placed.as(Tenant.class);
                insert.add(tenant.getTenant()).add(tenant.getName()).add(tenant.getTimeZone());
                insert.add(tenant.getCutOff()).add(tenant.getCurrency()).add(tenant.getCalendar());
                insert.addJson(BankJson.write(tenant.getBank())).next();
                insert.run();
            }
        }
    }
}
