package io.tillstream.console.pages;

import io.tillstream.console.overview.Pulse;
import io.tillstream.console.overview.TenantFigures;
import io.tillstream.console.query.BatchFile;
import io.tillstream.console.query.DaySum;
import io.tillstream.console.query.Figures;
import io.tillstream.console.query.ReasonCount;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * What the overview shows to one viewer.
 *
 * @param figures of the tenants in scope
 * @param shown the same with rates
 * @param pulse of the platform; null for viewers who are not operators
 */
public record OverviewView(Figures figures, TenantFigures.Shown shown, Pulse pulse) {
    /** The panels of the page: the template's name, and the id of the element that it makes. */
    public enum Panel {
        PULSE,
        SERVICES,
        TENANTS,
        BATCHES,
        ANOMALIES,
        REFUSALS,
        QUARANTINE;

        String template() {
            return "panels/" + name().toLowerCase(Locale.ROOT) + ".jte";
        }
    }

    static OverviewView of(TenantFigures.Shown shown, Pulse pulse) {
        return new OverviewView(shown.figures(), shown, pulse);
    }

    /** Panels that this viewer has. */
    List<Panel> panels() {
        return pulse == null
                ? List.of(Panel.TENANTS, Panel.BATCHES, Panel.ANOMALIES, Panel.REFUSALS, Panel.QUARANTINE)
                : List.of(Panel.values());
    }

    public OptionalDouble entriesPerSecond(String tenant) {
        return shown.perSecond().getOrDefault(tenant, OptionalDouble.empty());
    }

    /** A tenant's totals; null without entries, and while they are being counted. */
    public DaySum totalsOf(String tenant) {
        return shown.totals().get(tenant);
    }

    public List<BatchFile> filesOf(String batchId) {
        return figures.files().stream()
                .filter(file -> file.batchId().equals(batchId))
                .toList();
    }

    /** A bar's length in percent of the longest. */
    public static int percent(ReasonCount reason, List<ReasonCount> all) {
        long greatest = all.stream().mapToLong(ReasonCount::count).max().orElse(1);
        return (int) Math.max(1, reason.count() * 100 / greatest);
    }

    public static long sum(List<ReasonCount> reasons) {
        return reasons.stream().mapToLong(ReasonCount::count).sum();
    }
}
