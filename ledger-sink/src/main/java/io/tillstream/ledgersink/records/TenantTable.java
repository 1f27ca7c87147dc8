package io.tillstream.ledgersink.records;

import io.tillstream.ledgersink.database.BankJson;
import io.tillstream.ledgersink.database.RowInsert;
import io.tillstream.schemas.AvroCodec;
import io.tillstream.schemas.Tenant;
import io.tillstream.schemas.Topics;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The topic tenants into operations.tenant: the newest record of a tenant counts. */
final class TenantTable implements RecordTable {
    private static final Logger log = LoggerFactory.getLogger(TenantTable.class);
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

    /** A time that can't be computed would stop the closing of every city; the city's last usable record stays. */
    private static boolean isUsable(Tenant tenant) {
        try {
            boolean isKnown = ZoneId.getAvailableZoneIds().contains(tenant.getTimeZone());
            if (isKnown && LocalTime.parse(tenant.getCutOff()).getSecond() == 0) {
                return true;
            }
            log.error(
                    "The record of tenant {} is passed over: time zone {} is unknown",
                    tenant.getTenant(),
                    tenant.getTimeZone());
        } catch (DateTimeParseException e) {
            log.error(
                    "The record of tenant {} is passed over: cut-off {} is no HH:mm",
                    tenant.getTenant(),
                    tenant.getCutOff());
        }
        return false;
    }

    @Override
    public Object decode(byte[] value) {
        return codec.decode(value);
    }

    @Override
    public void write(Connection connection, List<Placed> records) throws SQLException {
        // One by one: a batch that is rewritten into one statement may not hold a tenant twice.
        for (Placed placed : records) {
            if (!isUsable(placed.as(Tenant.class))) {
                continue;
            }
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
