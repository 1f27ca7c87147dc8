package io.tillstream.local.tenants;

import io.tillstream.local.yaml.Fields;
import io.tillstream.local.yaml.InvalidFileException;
import io.tillstream.local.yaml.Parsers;
import io.tillstream.local.yaml.YamlFile;
import io.tillstream.schemas.BankDetails;
import io.tillstream.schemas.BusinessCalendar;
import io.tillstream.schemas.Credential;
import io.tillstream.schemas.Fund;
import io.tillstream.schemas.Money;
import io.tillstream.schemas.ProcessorTerm;
import io.tillstream.schemas.Tenant;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The file of cities; docs/tenants.md describes it for its writers. */
public final class TenantsFile {
    private static final String CODE = "[a-z0-9][a-z0-9-]{0,39}";
    private static final String CODE_IN_WORDS = "lower-case letters, digits and dashes, at most 40";
    /** posting keeps amounts in 44 bits. */
    private static final long AMOUNT_LIMIT = (1L << 44) - 1;

    private static final int HORIZON_DAYS_DEFAULT = 400;
    private static final int PARKED_CLOSES_DEFAULT = 3;
    private static final int REQUESTS_PER_SECOND_DEFAULT = 100;

    private record Limits(int requestsPerSecond, int burst) {}

    private TenantsFile() {}

    /**
     * The cities of a file, in its order.
     *
     * @param secretsDirectory what {@code secretFile} is relative to
     * @throws InvalidFileException with every mistake and its line
     */
    public static List<TenantEntry> read(Path file, Path secretsDirectory) throws IOException {
        return YamlFile.read(file, top -> tenants(top, secretsDirectory));
    }

    static List<TenantEntry> tenants(Fields top, Path secretsDirectory) {
        List<TenantEntry> entries = top.list("tenants", fields -> tenant(fields, secretsDirectory));
        Set<String> ids = new HashSet<>();
        for (TenantEntry entry : entries) {
            if (!ids.add(entry.tenant())) {
                top.problem("tenants", entry.tenant() + " stands twice");
            }
        }
        checkOrigins(top, entries);
        return top.complete(() -> entries);
    }

    /**
     * NACHA wants the file id modifier unique per immediate origin and day. The files of a tenant see to that among themselves; two
     * tenants with one origin would both send A.
     */
    private static void checkOrigins(Fields top, List<TenantEntry> entries) {
        Map<String, String> tenants = new HashMap<>();
        for (TenantEntry entry : entries) {
            String first = tenants.putIfAbsent(entry.immediateOrigin(), entry.tenant());
            if (first != null && !first.equals(entry.tenant())) {
                top.problem("tenants", entry.tenant() + " has the bank.immediateOrigin of " + first);
            }
        }
    }

    private static TenantEntry tenant(Fields fields, Path secretsDirectory) {
        String id = fields.required("id", Parsers.matching(CODE, CODE_IN_WORDS));
        String name = fields.required("name", Parsers.text(80));
        ZoneId zone = fields.required("timeZone", Parsers::zone);
        LocalTime cutOff = fields.required("cutOff", Parsers::timeOfDay);
        String currency = fields.required("currency", TenantsFile::currency);
        BusinessCalendar calendar =
                fields.optional("calendar", BusinessCalendar.EVERY_DAY, Parsers.constant(BusinessCalendar.class));
        Optional<LocalDate> openDate = fields.optional("openDate", Parsers::date);
        Integer horizonDays = fields.optional("horizonDays", HORIZON_DAYS_DEFAULT, Parsers.integer(1, 4000));
        Integer parkedCloses = fields.optional("parkedCloses", PARKED_CLOSES_DEFAULT, Parsers.integer(1, 100));
        Long amountMax = fields.required("amountMax", amount(currency));
        Limits limits = fields.childOr(
                "limits",
                new Limits(REQUESTS_PER_SECOND_DEFAULT, 2 * REQUESTS_PER_SECOND_DEFAULT),
                TenantsFile::limits);
        List<Fund> funds = fields.list("funds", TenantsFile::fund);
        List<ProcessorTerm> processors = fields.list("processors", TenantsFile::processor);
        checkFunds(fields, funds);
        checkProcessors(fields, processors, openDate);
        BankDetails bank = fields.child("bank", BankReader::read);
        KeysReader keys = new KeysReader(secretsDirectory);
        List<Credential> credentials = keys.read(fields);
        return fields.complete(() -> new TenantEntry(
                new Tenant(
                        id,
                        name,
                        zone.getId(),
                        cutOff.toString(),
                        currency,
                        calendar,
                        openDate.orElse(LocalDate.EPOCH),
                        horizonDays,
                        parkedCloses,
                        amountMax,
                        funds,
                        processors,
                        bank,
                        limits.requestsPerSecond(),
                        limits.burst(),
                        credentials),
                openDate,
                keys.hmacSecrets()));
    }

    private static String currency(String value) {
        try {
            Money.digits(value);
            return value;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("expected an ISO 4217 currency such as USD", e);
        }
    }

    /** Decimal in the tenant's currency; without a readable currency the digits can't be judged. */
    private static Function<String, Long> amount(String currency) {
        return value -> {
            long amount = currency == null ? 1 : decimal(value, currency);
            if (amount <= 0 || amount > AMOUNT_LIMIT) {
                throw new IllegalArgumentException("must be more than zero and below 2^44 minor units");
            }
            return amount;
        };
    }

    private static long decimal(String value, String currency) {
        try {
            return Money.parse(value, currency);
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException("expected a decimal amount in " + currency + " such as 2500.00", e);
        }
    }

    private static Limits limits(Fields fields) {
        Integer requestsPerSecond = fields.required("requestsPerSecond", Parsers.integer(1, 1_000_000));
        Integer burst = fields.required("burst", Parsers.integer(1, 1_000_000));
        return fields.complete(() -> new Limits(requestsPerSecond, burst));
    }

    private static Fund fund(Fields fields) {
        String code = fields.required("code", Parsers.matching(CODE, CODE_IN_WORDS));
        String name = fields.required("name", Parsers.text(80));
        return fields.complete(() -> new Fund(code, name));
    }

    private static ProcessorTerm processor(Fields fields) {
        String id = fields.required("id", Parsers.matching(CODE, CODE_IN_WORDS));
        String name = fields.required("name", Parsers.text(80));
        LocalDate from = fields.required("from", Parsers::date);
        return fields.complete(() -> new ProcessorTerm(id, name, from));
    }

    private static void checkFunds(Fields fields, List<Fund> funds) {
        Set<String> codes = new HashSet<>();
        for (Fund fund : funds) {
            if (!codes.add(fund.getCode())) {
                fields.problem("funds", "fund " + fund.getCode() + " stands twice");
            }
        }
    }

    private static void checkProcessors(Fields fields, List<ProcessorTerm> processors, Optional<LocalDate> openDate) {
        for (int i = 1; i < processors.size(); i++) {
            if (!processors
                    .get(i)
                    .getEffectiveFrom()
                    .isAfter(processors.get(i - 1).getEffectiveFrom())) {
                fields.problem("processors", "must be ordered by from, each date once");
            }
        }
        if (!processors.isEmpty()
                && openDate.isPresent()
                && processors.get(0).getEffectiveFrom().isAfter(openDate.get())) {
            fields.problem("processors", "the first must be in force on openDate");
        }
    }
}
