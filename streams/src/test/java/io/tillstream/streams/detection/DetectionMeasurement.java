package io.tillstream.streams.detection;

import io.tillstream.runtime.Settings;
import io.tillstream.schemas.Anomaly;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Measures detection on generated traffic: {@code DetectionMeasurement CITY_MONTHS ATTACK_DAYS SEED
 * [SETTINGS]}, the last a file with thresholds to try. Honest months give the
 * false alarms; days of honest traffic with three attacks of a kind in each give recall, precision and the number of the
 * attempt that raised the alarm. The same arguments give the same figures.
 */
final class DetectionMeasurement {
    private static final int[] PAYMENTS_PER_DAY = {50, 500, 3000, 20_000};
    private static final int ATTACKS_PER_DAY = 3;

    /** What days with attacks of one kind showed; {@code foundAt} has the number of the attempt, 0 for never. */
    record Recall(List<Integer> foundAt, long flaggedAttack, long flaggedHonest, int falseAlarms) {
        double by(int attempt) {
            return foundAt.stream().filter(at -> at > 0 && at <= attempt).count() / (double) foundAt.size();
        }

        double precision() {
            return flaggedAttack / (double) (flaggedAttack + flaggedHonest);
        }

        int quantile(double share) {
            List<Integer> found = foundAt.stream().filter(at -> at > 0).sorted().toList();
            return found.get((int) Math.min(found.size() - 1, Math.floor(share * found.size())));
        }
    }

    /** What months without an attack showed. */
    record FalseAlarms(int cityMonths, long attempts, Map<String, Integer> byRule, List<String> details) {
        double perCityMonth() {
            return byRule.values().stream().mapToInt(Integer::intValue).sum() / (double) cityMonths;
        }
    }

    private interface AttackKind {
        List<Trial> make(Attacks attacks, int attack, long from);
    }

    private final DetectionRules rules;
    private final long seed;

    DetectionMeasurement(DetectionRules rules, long seed) {
        this.rules = rules;
        this.seed = seed;
    }

    public static void main(String[] arguments) {
        int months = Integer.parseInt(arguments[0]);
        int days = Integer.parseInt(arguments[1]);
        DetectionRules rules = arguments.length < 4
                ? DetectionRules.defaults()
                : Settings.load(DetectionRules.class, Path.of(arguments[3]));
        DetectionMeasurement measurement = new DetectionMeasurement(rules, Long.parseLong(arguments[2]));
        print("burst", measurement.bursts(days));
        print("patient", measurement.patient(days));
        print("enumeration", measurement.enumerations(days));
        FalseAlarms alarms = measurement.falseAlarms(months);
        System.out.printf(
                Locale.ROOT,
                "honest: %d city months, %d attempts, false alarms %s, %.3f per city and month%n",
                alarms.cityMonths(),
                alarms.attempts(),
                alarms.byRule(),
                alarms.perCityMonth());
        alarms.details().forEach(System.out::println);
    }

    private static void print(String kind, Recall recall) {
        System.out.printf(
                Locale.ROOT,
                "%s: %d attacks, found %.4f, by the 10th attempt %.4f, by the 15th %.4f, by the 20th %.4f, median %d, "
                        + "99%% by %d, precision %.4f, false alarms %d%n",
                kind,
                recall.foundAt().size(),
                recall.by(Integer.MAX_VALUE),
                recall.by(10),
                recall.by(15),
                recall.by(20),
                recall.quantile(0.5),
                recall.quantile(0.99),
                recall.precision(),
                recall.falseAlarms());
    }

    Recall bursts(int days) {
        return attacks(days, Attacks::burst);
    }

    Recall patient(int days) {
        return attacks(days, Attacks::patient);
    }

    Recall enumerations(int days) {
        return attacks(days, Attacks::enumeration);
    }

    FalseAlarms falseAlarms(int cityMonths) {
        Map<String, Integer> byRule = new TreeMap<>();
        List<String> details = new ArrayList<>();
        long attempts = 0;
        for (int month = 0; month < cityMonths; month++) {
            City city = new City(1_000_000 * seed + month, PAYMENTS_PER_DAY[month % PAYMENTS_PER_DAY.length]);
            MapBuckets buckets = new MapBuckets();
            Watch watch = new Watch(rules, buckets);
            for (int day = 0; day < 30; day++) {
                buckets.forgetBefore(City.midnight(day));
                Seen seen = new Seen();
                seen.watch(watch, city.day(day));
                attempts += seen.attempts;
                for (Anomaly anomaly : seen.anomalies) {
                    byRule.merge(anomaly.getRule(), 1, Integer::sum);
                    details.add(anomaly.getTenant() + " " + anomaly.getSubject() + ": " + anomaly.getDetail());
                }
            }
        }
        return new FalseAlarms(cityMonths, attempts, byRule, details);
    }

    private Recall attacks(int days, AttackKind kind) {
        List<Integer> foundAt = new ArrayList<>();
        long flaggedAttack = 0;
        long flaggedHonest = 0;
        int falseAlarms = 0;
        for (int day = 0; day < days; day++) {
            City city = new City(1_000_000 * seed + 500_000 + day, PAYMENTS_PER_DAY[day % 3]);
            // Every third day is a bill day.
            List<Trial> trials = new ArrayList<>(city.day(day % 3 == 0 ? 4 : 1));
            Attacks attacks = new Attacks(1_000_000 * seed + day, city);
            long midnight = trials.get(0).entry().getRecordedAt().toEpochMilli() / City.DAY_MILLIS * City.DAY_MILLIS;
            for (int attack = 1; attack <= ATTACKS_PER_DAY; attack++) {
                trials.addAll(kind.make(attacks, attack, midnight + (4 + 5 * attack) * City.DAY_MILLIS / 24));
            }
            Seen seen = new Seen();
            seen.watch(new Watch(rules, new MapBuckets()), trials);
            for (int attack = 1; attack <= ATTACKS_PER_DAY; attack++) {
                foundAt.add(seen.foundAt.getOrDefault(attack, 0));
            }
            flaggedAttack += seen.flaggedAttack;
            flaggedHonest += seen.flaggedHonest;
            falseAlarms += seen.falseAlarms;
        }
        return new Recall(foundAt, flaggedAttack, flaggedHonest, falseAlarms);
    }

    /** What one stretch of traffic showed. */
    private static final class Seen {
        final List<Anomaly> anomalies = new ArrayList<>();
        final Map<Integer, Integer> foundAt = new HashMap<>();
        final Map<Integer, Integer> attemptsOf = new HashMap<>();
        final Map<String, Integer> attackOf = new HashMap<>();
        long attempts;
        long flaggedAttack;
        long flaggedHonest;
        int falseAlarms;

        void watch(Watch watch, List<Trial> trials) {
            List<Trial> inOrder = new ArrayList<>(trials);
            inOrder.sort(Trial.IN_ORDER);
            for (Trial trial : inOrder) {
                AttemptReader.attempt(trial.entry()).ifPresent(attempt -> {
                    attempts++;
                    attackOf.put(attempt.eventId().toString(), trial.attack());
                    attemptsOf.merge(trial.attack(), 1, Integer::sum);
                    for (Subject subject : AttemptReader.subjects(trial.entry().getEvent())) {
                        watch.see(subject, attempt, 0).forEach(this::judge);
                    }
                });
            }
        }

        private void judge(Anomaly anomaly) {
            anomalies.add(anomaly);
            boolean isFalse = true;
            for (String eventId : anomaly.getEvidence()) {
                int attack = attackOf.get(eventId);
                if (attack == 0) {
                    flaggedHonest++;
                    continue;
                }
                flaggedAttack++;
                isFalse = false;
                foundAt.putIfAbsent(attack, attemptsOf.get(attack));
            }
            falseAlarms += isFalse ? 1 : 0;
        }
    }
}
