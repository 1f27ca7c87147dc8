package io.tillstream.loadtests.bench.plot;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One measured curve: points with bars from least to most, joined by a line; the y axis begins at 0. */
public final class LinePlot {
    private static final double WIDTH = 640;
    private static final double HEIGHT = 400;
    private static final double LEFT = 80;
    private static final double RIGHT = 30;
    private static final double TOP = 50;
    private static final double BOTTOM = 60;
    private static final int Y_STEPS = 5;
    private static final double HEADROOM = 1.05;
    private static final double CAP = 5;

    /** A point with its spread. */
    public record Point(double x, double y, double min, double max) {}

    private final String title;
    private final String xLabel;
    private final String yLabel;
    private final boolean isLogarithmic;
    private final List<Point> points = new ArrayList<>();

    /**
     * @param xLabel with the unit, as the y axis's
     * @param isLogarithmic whether the x axis is; then every x is above 0
     */
    public LinePlot(String title, String xLabel, String yLabel, boolean isLogarithmic) {
        this.title = title;
        this.xLabel = xLabel;
        this.yLabel = yLabel;
        this.isLogarithmic = isLogarithmic;
    }

    /** Adds a point; points come in the order of x. */
    public void add(Point point) {
        points.add(point);
    }

    /** Writes the picture. @throws IllegalStateException without points */
    public void write(Path file) {
        if (points.isEmpty()) {
            throw new IllegalStateException("no points to plot: " + title);
        }
        double step =
                step(HEADROOM * points.stream().mapToDouble(Point::max).max().orElse(1));
        Svg svg = new Svg(
                WIDTH,
                HEIGHT,
                "text{font:12px sans-serif;fill:#222}.t{font-size:15px}.a{stroke:#222}.g{stroke:#ddd}"
                        + ".l{stroke:#1565c0;stroke-width:2;fill:none}.b{stroke:#1565c0}");
        svg.add("<text class=\"t\" x=\"%.0f\" y=\"25\">%s</text>", LEFT, Svg.escaped(title));
        yAxis(svg, step);
        xAxis(svg);
        curve(svg, step * Y_STEPS);
        svg.write(file);
    }

    private void yAxis(Svg svg, double step) {
        for (int i = 0; i <= Y_STEPS; i++) {
            double y = y(i * step, step * Y_STEPS);
            svg.add(
                    "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>",
                    i == 0 ? "a" : "g", LEFT, y, WIDTH - RIGHT, y);
            svg.add("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"end\">%s</text>", LEFT - 8, y + 4, number(i * step));
        }
        double middle = (TOP + HEIGHT - BOTTOM) / 2;
        svg.add(
                "<line class=\"a\" x1=\"%1$.1f\" y1=\"%2$.1f\" x2=\"%1$.1f\" y2=\"%3$.1f\"/>",
                LEFT, TOP, HEIGHT - BOTTOM);
        svg.add(
                "<text transform=\"translate(18 %.1f) rotate(-90)\" text-anchor=\"middle\">%s</text>",
                middle, Svg.escaped(yLabel));
    }

    private void xAxis(Svg svg) {
        double y = HEIGHT - BOTTOM;
        for (Point point : points) {
            double x = x(point.x());
            svg.add("<line class=\"a\" x1=\"%1$.1f\" y1=\"%2$.1f\" x2=\"%1$.1f\" y2=\"%3$.1f\"/>", x, y, y + 5);
            svg.add("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%s</text>", x, y + 20, number(point.x()));
        }
        String scale = isLogarithmic ? " (logarithmic)" : "";
        svg.add(
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%s</text>",
                (LEFT + WIDTH - RIGHT) / 2, y + 45, Svg.escaped(xLabel + scale));
    }

    private void curve(Svg svg, double yMost) {
        StringBuilder line = new StringBuilder();
        for (Point point : points) {
            line.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(point.x()), y(point.y(), yMost)));
        }
        svg.add("<polyline class=\"l\" points=\"%s\"/>", line.toString().trim());
        for (Point point : points) {
            double x = x(point.x());
            double low = y(point.min(), yMost);
            double high = y(point.max(), yMost);
            svg.add(
                    "<path class=\"b\" d=\"M%.1f %.1fV%.1fM%.1f %.1fh%.1fM%.1f %.1fh%.1f\"/>",
                    x, low, high, x - CAP, low, 2 * CAP, x - CAP, high, 2 * CAP);
            svg.add(
                    "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" fill=\"#1565c0\"><title>%s: %s (%s to %s)</title></circle>",
                    x,
                    y(point.y(), yMost),
                    number(point.x()),
                    number(point.y()),
                    number(point.min()),
                    number(point.max()));
        }
    }

    private double x(double value) {
        double low = scaled(points.get(0).x());
        double high = scaled(points.get(points.size() - 1).x());
        double room = WIDTH - LEFT - RIGHT;
        double inset = room / 12;
        return high == low ? LEFT + room / 2 : LEFT + inset + (room - 2 * inset) * (scaled(value) - low) / (high - low);
    }

    private double scaled(double value) {
        return isLogarithmic ? Math.log10(value) : value;
    }

    private static double y(double value, double most) {
        return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * value / most;
    }

    /** The least of 1, 2, 2.5, 3, 4, 5 times a power of ten of which {@link #Y_STEPS} reach the value. */
    private static double step(double most) {
        double power = Math.pow(10, Math.floor(Math.log10(most / Y_STEPS)));
        for (double factor : new double[] {1, 2, 2.5, 3, 4, 5}) {
            if (factor * power * Y_STEPS >= most) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    private static String number(double value) {
        boolean isWhole = value == Math.rint(value) || Math.abs(value) >= 100;
        return String.format(Locale.ROOT, isWhole ? "%,.0f" : "%.1f", value);
    }
}
