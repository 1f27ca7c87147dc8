package io.tillstream.local.simulation;

import io.tillstream.local.client.ChannelKey;
import io.tillstream.schemas.BankDetails;
import io.tillstream.schemas.BusinessCalendar;
import io.tillstream.schemas.Channel;
import io.tillstream.schemas.CredentialKind;
import io.tillstream.schemas.Fund;
import io.tillstream.schemas.ProcessorTerm;
import io.tillstream.schemas.Tenant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Cities for tests. */
final class Cities {
    private Cities() {}

    static List<City> ten() {
        List<City> cities = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            cities.add(city("city-" + (char) ('a' + i)));
        }
        return cities;
    }

    static City city(String id) {
        List<Fund> funds = List.of(
                new Fund("general", "General"),
                new Fund("water", "Water"),
                new Fund("permits", "Permits"),
                new Fund("court", "Court"));
        List<ProcessorTerm> processors = List.of(
                new ProcessorTerm("old-pay", "Old Pay", LocalDate.of(2020, 1, 1)),
                new ProcessorTerm("new-pay", "New Pay", LocalDate.of(2026, 7, 1)));
        Tenant tenant = new Tenant(
                id,
                id,
                "America/Chicago",
                "17:00",
                "USD",
                BusinessCalendar.EVERY_DAY,
                LocalDate.of(2026, 11, 22),
                400,
                3,
                25_000_000L,
                funds,
                processors,
                new BankDetails("", "", "", "", "", "", "", "", "", "", false, ""),
                100,
                200,
                List.of());
        Map<Channel, ChannelKey> keys = new EnumMap<>(Channel.class);
        for (Channel channel : Channel.values()) {
            keys.put(channel, new ChannelKey(id, channel.name(), CredentialKind.API_KEY, "secret"));
        }
        return new City(tenant, keys);
    }
}
