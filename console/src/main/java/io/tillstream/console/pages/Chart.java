package io.tillstream.console.pages;

import io.tillstream.console.overview.Pulse;
import io.tillstream.console.overview.RateSeries;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * The flows of the last minutes as paths of one drawing, {@link #WIDTH} by {@link #HEIGHT}.
 *
 * @param top the rate at the upper edge
 * @param acceptedArea what lies under the accepted line
 * @param accepted line
 * @param recorded line
 * @param refused line
 */
public record Chart(long top, String acceptedArea, String accepted, String recorded, String refused) {
    public static final int WIDTH = 720;
    public static final int HEIGHT = 120;

    /** The chart of a pulse; all lines share one scale. */
    public static Chart of(Pulse pulse) {
        double greatest = 1;
        for (Pulse.Flow flow : List.of(pulse.accepted(), pulse.recorded(), pulse.refused())) {
            for (RateSeries.Point point : flow.points()) {
                greatest = Math.max(greatest, point.perSecond());
            }
        }
        long top = niceAbove(greatest);
        String accepted = line(pulse, pulse.accepted(), top);
        String area = accepted.isEmpty()
                ? ""
                : accepted + "L" + x(pulse, last(pulse.accepted())) + " " + HEIGHT + "L"
                        + x(pulse, pulse.accepted().points().get(0)) + " " + HEIGHT + "Z";
        return new Chart(top, area, accepted, line(pulse, pulse.recorded(), top), line(pulse, pulse.refused(), top));
    }

    /** The least of 1, 2, 5, 10, 20, ... that is not below the value, so that the scale rarely changes. */
    static long niceAbove(double value) {
        long step = 1;
        while (true) {
            for (long factor : new long[] {1, 2, 5}) {
                if (step * factor >= value) {
                    return step * factor;
                }
            }
            step *= 10;
        }
    }

    private static String line(Pulse pulse, Pulse.Flow flow, long top) {
        StringBuilder path = new StringBuilder();
        for (RateSeries.Point point : flow.points()) {
            double y = HEIGHT - point.perSecond() / top * HEIGHT;
            path.append(path.isEmpty() ? 'M' : 'L')
                    .append(x(pulse, point))
                    .append(' ')
                    .append(number(y));
        }
        return path.toString();
    }

    private static RateSeries.Point last(Pulse.Flow flow) {
        return flow.points().get(flow.points().size() - 1);
    }

    private static String x(Pulse pulse, RateSeries.Point point) {
        Duration ago = Duration.between(point.at(), pulse.at());
        return number(WIDTH - (double) ago.toMillis() / pulse.span().toMillis() * WIDTH);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
