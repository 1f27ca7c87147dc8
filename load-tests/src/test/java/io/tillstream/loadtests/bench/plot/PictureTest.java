package io.tillstream.loadtests.bench.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

class PictureTest {
    @TempDir
    private Path directory;

    @Test
    void shouldCountAFrameOnceAStackWhenItCallsItself() {
        FlameGraph graph = new FlameGraph();
        graph.add(List.of("thread", "a.B.c", "a.B.c"));
        graph.add(List.of("thread", "a.B.c", "a.B.d"));

        assertThat(graph.samples()).isEqualTo(2);
        assertThat(graph.shares())
                .containsExactly(
                        new FlameGraph.Share("a.B.c", 1, 2),
                        new FlameGraph.Share("a.B.d", 1, 1),
                        new FlameGraph.Share("thread", 0, 2));
    }

    @Test
    void shouldDrawEachCalleeAsWideAsItsSamplesWhenNamesHoldMarkup() throws Exception {
        FlameGraph graph = new FlameGraph();
        graph.add(List.of("a.B.<init>"));
        graph.add(List.of("a.B.<init>"));
        graph.add(List.of("a.B.<init>"));
        graph.add(List.of("a.B.\"&"));
        Path file = directory.resolve("new").resolve("flame.svg");

        graph.write(file, "a < b & c");

        // The background, all, and the two frames.
        var rectangles = parsed(file).getElementsByTagName("rect");
        assertThat(rectangles.getLength()).isEqualTo(4);
        double all = width(rectangles.item(1));
        assertThat(width(rectangles.item(2))).isEqualTo(all / 4);
        assertThat(width(rectangles.item(3))).isEqualTo(all * 3 / 4);
    }

    private static double width(org.w3c.dom.Node rectangle) {
        return Double.parseDouble(
                rectangle.getAttributes().getNamedItem("width").getNodeValue());
    }

    @Test
    void shouldPlotAPointAndABarForEachWhenWritten() throws Exception {
        LinePlot plot = new LinePlot("Speed", "tenants [tenants]", "throughput [events/s]", true);
        plot.add(new LinePlot.Point(50, 200_000, 190_000, 210_000));
        plot.add(new LinePlot.Point(1000, 180_000, 180_000, 180_000));
        Path file = directory.resolve("plot.svg");

        plot.write(file);

        Document svg = parsed(file);
        assertThat(svg.getElementsByTagName("circle").getLength()).isEqualTo(2);
        assertThat(svg.getElementsByTagName("path").getLength()).isEqualTo(2);
        assertThat(Files.readString(file)).contains("throughput [events/s]", "tenants [tenants]", "250,000");
    }

    @Test
    void shouldRefuseToPlotWhenNothingWasMeasured() {
        LinePlot plot = new LinePlot("Speed", "x", "y", false);

        assertThatThrownBy(() -> plot.write(directory.resolve("plot.svg"))).isInstanceOf(IllegalStateException.class);
    }

    private static Document parsed(Path file) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
    }
}
