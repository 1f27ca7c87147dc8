package io.tillstream.loadtests.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvent;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** The rules, for any root package: the product's, or that of the code that breaks them. */
final class Rules {
    /** Modules and the modules that each may use. Modules that nobody names, like loadtests, are used by nobody. */
    private static final Map<String, Set<String>> MAY_USE = Map.of(
            "schemas", Set.of(),
            "runtime", Set.of(),
            "embedded", Set.of(),
            "testcluster", Set.of("embedded"),
            "ingest", Set.of("schemas", "runtime"),
            "streams", Set.of("schemas", "runtime"),
            "ledgersink", Set.of("schemas", "runtime"),
            "console", Set.of("schemas", "runtime"),
            "local", Set.of("schemas", "runtime", "embedded", "ingest", "streams", "ledgersink", "console"));

    /** Posting's thin Kafka shell; everything else in its package is the functional core. */
    private static final Set<String> POSTING_SHELL = Set.of("PostingTopology", "PostingProcessor", "JournalStore");

    /** Where amounts are added up, shared out, compared and written. */
    private static final List<String> OF_MONEY = List.of(
            "schemas..",
            "streams.posting..",
            "streams.settlement..",
            "ledgersink.journal..",
            "ledgersink.settlement..",
            "ledgersink.closing..",
            "ledgersink.reconciliation..");

    private static final Map<Class<?>, Set<String>> CLOCKS = Map.of(
            System.class, Set.of("currentTimeMillis", "nanoTime", "getenv", "getProperty"),
            Instant.class, Set.of("now"),
            LocalDate.class, Set.of("now"),
            LocalDateTime.class, Set.of("now"),
            ZonedDateTime.class, Set.of("now"),
            UUID.class, Set.of("randomUUID"),
            Math.class, Set.of("random"));

    private final String root;

    Rules(String root) {
        this.root = root + ".";
    }

    static Set<String> modules() {
        return new TreeSet<>(MAY_USE.keySet());
    }

    /** A module uses only what the table names, and itself. */
    ArchRule dependencies(String module) {
        String[] allowed = Stream.concat(Stream.of(module), MAY_USE.get(module).stream())
                .map(other -> root + other + "..")
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage(root + module + "..")
                .should()
                .dependOnClassesThat(DescribedPredicate.and(
                        JavaClass.Predicates.resideInAPackage(root + "."),
                        DescribedPredicate.not(JavaClass.Predicates.resideInAnyPackage(allowed))))
                .as(module + " uses only " + MAY_USE.get(module) + " and itself");
    }

    /** The core of posting can run, and be tested, without Kafka. */
    ArchRule coreWithoutKafka() {
        return noClasses()
                .that(inPostingCore())
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka..")
                .as("posting knows Kafka only in " + POSTING_SHELL);
    }

    /** State is a function of the journal: no clock, no randomness, no environment in posting, its shell included. */
    ArchRule postingWithoutClock() {
        return noClasses()
                .that()
                .resideInAPackage(root + "streams.posting..")
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Clock.class, Random.class, RandomGenerator.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(RandomGenerator.class)
                .orShould()
                .callMethodWhere(isOf(CLOCKS))
                .as("posting reads no clock, no random number and no environment");
    }

    /** Money is whole minor units. */
    ArchRule moneyWithoutFractions() {
        return classes()
                .that()
                .resideInAnyPackage(OF_MONEY.stream().map(root::concat).toArray(String[]::new))
                .should(haveNoFractions());
    }

    /** Waiting is for an event or until a time, never a sleep. */
    ArchRule noSleep() {
        return noClasses()
                .that()
                .resideInAPackage(root + ".")
                .should()
                .callMethodWhere(isOf(Map.of(Thread.class, Set.of("sleep"), TimeUnit.class, Set.of("sleep"))))
                .as("nobody sleeps");
    }

    private DescribedPredicate<JavaClass> inPostingCore() {
        return describe("core of posting", type -> {
            boolean isPosting = type.getPackageName().equals(root + "streams.posting");
            String outermost =
                    type.getName().substring(type.getPackageName().length() + 1).split("\\$", 2)[0];
            return isPosting && !POSTING_SHELL.contains(outermost);
        });
    }

    private static DescribedPredicate<JavaMethodCall> isOf(Map<Class<?>, Set<String>> methods) {
        return describe(
                "one of " + methods,
                call -> methods.entrySet().stream()
                        .anyMatch(of -> call.getTargetOwner().isEquivalentTo(of.getKey())
                                && of.getValue().contains(call.getName())));
    }

    private static ArchCondition<JavaClass> haveNoFractions() {
        return new ArchCondition<>("have no field and no parameter of double or float") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getFields().stream()
                        .filter(field -> isFraction(field.getRawType()))
                        .forEach(field -> events.add(violation(type, field)));
                type.getCodeUnits().stream()
                        .filter(unit -> unit.getRawParameterTypes().stream().anyMatch(Rules::isFraction))
                        .forEach(unit -> events.add(violation(type, unit)));
            }
        };
    }

    private static boolean isFraction(JavaClass type) {
        return Stream.of(double.class, float.class, Double.class, Float.class).anyMatch(type::isEquivalentTo);
    }

    private static ConditionEvent violation(JavaClass type, JavaMember member) {
        String kind = member instanceof JavaField ? "the field " : member instanceof JavaCodeUnit ? "" : "? ";
        return SimpleConditionEvent.violated(type, kind + member.getFullName() + " has double or float");
    }
}
