package io.tillstream.loadtests.bench.plot;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sampled stacks as a flame graph: each frame lies on its caller and is as wide as its share of the samples; the order from left to
 * right is that of the names and means nothing. Not for several threads.
 */
public final class FlameGraph {
    private static final double WIDTH = 1400;
    private static final int ROW = 17;
    private static final int HEAD = 46;
    private static final int MARGIN = 10;
    private static final double LETTER = 6.4;

    /** Frames that are narrower than this, in pixels, are left out. */
    private static final double NARROWEST = 0.4;

    /**
     * A frame's samples over all stacks.
     *
     * @param self in which it was the running one
     * @param total in which it stood on the stack
     */
    public record Share(String frame, long self, long total) {}

    private static final class Node {
        private final Map<String, Node> callees = new TreeMap<>();
        private long samples;

        int depth() {
            return 1 + callees.values().stream().mapToInt(Node::depth).max().orElse(0);
        }
    }

    private final Node root = new Node();
    private final Map<String, long[]> shares = new HashMap<>();

    /**
     * Adds one sample.
     *
     * @param frames from the outermost caller to the running frame
     */
    public void add(List<String> frames) {
        Node at = root;
        at.samples++;
        for (String frame : frames) {
            at = at.callees.computeIfAbsent(frame, name -> new Node());
            at.samples++;
        }
        for (String frame : new HashSet<>(frames)) {
            shares.computeIfAbsent(frame, name -> new long[2])[1]++;
        }
        if (!frames.isEmpty()) {
            shares.get(frames.get(frames.size() - 1))[0]++;
        }
    }

    public long samples() {
        return root.samples;
    }

    /** All frames, those that ran most first. */
    public List<Share> shares() {
        return shares.entrySet().stream()
                .map(each -> new Share(each.getKey(), each.getValue()[0], each.getValue()[1]))
                .sorted(Comparator.comparingLong(Share::self)
                        .thenComparingLong(Share::total)
                        .reversed()
                        .thenComparing(Share::frame))
                .toList();
    }

    /** Writes the picture; each frame tells its name and share when pointed at. */
    public void write(Path file, String title) {
        int rows = root.depth();
        double height = HEAD + (double) rows * ROW + MARGIN;
        Svg svg = new Svg(
                WIDTH,
                height,
                "text{font:11px monospace;fill:#222;pointer-events:none}.t{font:15px sans-serif}"
                        + "g:hover>rect{stroke:#000;stroke-width:1}");
        svg.add("<text class=\"t\" x=\"%d\" y=\"20\">%s</text>", MARGIN, Svg.escaped(title));
        svg.add(
                "<text x=\"%d\" y=\"37\">%d samples; width is the share of samples, callers below callees</text>",
                MARGIN, root.samples);
        if (root.samples > 0) {
            draw(svg, "all", root, MARGIN, height - MARGIN - ROW);
        }
        svg.write(file);
    }

    private void draw(Svg svg, String name, Node node, double x, double y) {
        double width = (WIDTH - 2 * MARGIN) * node.samples / root.samples;
        if (width < NARROWEST) {
            return;
        }
        double percent = 100.0 * node.samples / root.samples;
        svg.add(
                "<g><title>%s: %d samples, %.2f %%</title><rect x=\"%.2f\" y=\"%.0f\" width=\"%.2f\" height=\"%d\" rx=\"1\" fill=\"%s\"/>",
                Svg.escaped(name), node.samples, percent, x, y, width, ROW - 1, colour(name));
        int letters = (int) ((width - 4) / LETTER);
        if (letters >= 3) {
            svg.add("<text x=\"%.2f\" y=\"%.0f\">%s</text>", x + 2, y + ROW - 5, Svg.escaped(shortened(name, letters)));
        }
        svg.add("</g>");
        double left = x;
        for (Map.Entry<String, Node> callee : node.callees.entrySet()) {
            draw(svg, callee.getKey(), callee.getValue(), left, y - ROW);
            left += (WIDTH - 2 * MARGIN) * callee.getValue().samples / root.samples;
        }
    }

    /** Class and method without the package, cut to its room. */
    private static String shortened(String full, int letters) {
        int method = full.lastIndexOf('.');
        int type = method < 0 ? -1 : full.lastIndexOf('.', method - 1);
        String name = full.substring(type + 1);
        return name.length() <= letters ? name : name.substring(0, letters - 2) + "..";
    }

    /** One hue for each package's two first names, so that the project's own code stands out from its libraries'. */
    private static String colour(String name) {
        String[] words = name.split("\\.", -1);
        String family = words.length < 3 ? words[0] : words[0] + words[1] + words[2];
        int hue = name.startsWith("io.tillstream") ? 25 : 60 + Math.floorMod(family.hashCode() * 31, 240);
        int light = 62 + Math.floorMod(name.hashCode(), 14);
        return String.format(Locale.ROOT, "hsl(%d,65%%,%d%%)", hue, light);
    }
}
