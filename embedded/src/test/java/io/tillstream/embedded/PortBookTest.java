package io.tillstream.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortBookTest {

    @TempDir
    Path directory;

    @Test
    void shouldGiveTheSamePortAgainWhenItIsFree() throws Exception {
        int port = new PortBook(directory).choose("broker", 0);
        assertThat(new PortBook(directory).choose("broker", 0)).isEqualTo(port);
    }

    @Test
    void shouldGiveAnotherPortWhenTheRememberedOneIsTaken() throws Exception {
        int port = new PortBook(directory).choose("broker", 0);
        try (ServerSocket stranger = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            int other = new PortBook(directory).choose("broker", port);
            assertThat(other).isNotIn(0, stranger.getLocalPort());
        }
    }

    @Test
    void shouldGiveThePreferredPortWhenItIsFree() throws Exception {
        new PortBook(directory).choose("broker", 0);
        int preferred = Ports.free();
        assertThat(new PortBook(directory).choose("broker", preferred)).isEqualTo(preferred);
        assertThat(new PortBook(directory).choose("broker", 0)).isEqualTo(preferred);
    }
}
