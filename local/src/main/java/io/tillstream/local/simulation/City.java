package io.tillstream.local.simulation;

import io.tillstream.local.client.ChannelKey;
import io.tillstream.schemas.Channel;
import io.tillstream.schemas.ProcessorTerm;
import io.tillstream.schemas.Tenant;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A city as its payers know it.
 *
 * @param tenant its configuration
 * @param keys the key of each channel
 */
public record City(Tenant tenant, Map<Channel, ChannelKey> keys) {
    public City {
        keys = Map.copyOf(keys);
        for (Channel channel : Channel.values()) {
            if (!keys.containsKey(channel)) {
                throw new IllegalArgumentException(tenant.getTenant() + " has no key for " + channel);
            }
        }
    }

    String id() {
        return tenant.getTenant();
    }

    String currency() {
        return tenant.getCurrency();
    }

    /** Codes of the funds, in the configuration's order. */
    List<String> funds() {
        return tenant.getFunds().stream().map(fund -> fund.getCode()).toList();
    }

    /** The processor in force at a time. */
    String processor(Instant at) {
        LocalDate date = at.atZone(ZoneId.of(tenant.getTimeZone())).toLocalDate();
        return tenant.getProcessors().stream()
                .filter(term -> !term.getEffectiveFrom().isAfter(date))
                .max(Comparator.comparing(ProcessorTerm::getEffectiveFrom))
                .orElseThrow()
                .getProcessor();
    }
}
