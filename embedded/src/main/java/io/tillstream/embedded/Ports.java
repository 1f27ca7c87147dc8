package io.tillstream.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Free ports of the loopback interface. */
public final class Ports {

    // Below Linux's ephemeral range (32768 and up): a client that keeps trying an ephemeral port of a stopped server
    // can be
    // given that very port as its own, connects to itself, and the server can no longer have it.
    private static final int LOWEST = 15_000;
    private static final int HIGHEST = 32_000;
    private static final int ATTEMPTS = 1_000;
    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private Ports() {}

    /**
     * A TCP port of 127.0.0.1 on which nothing listens now. It is not reserved: bind it soon.
     *
     * @throws IllegalStateException where a thousand random ports were all taken
     */
    public static int free() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no free port between " + LOWEST + " and " + HIGHEST + " on 127.0.0.1");
    }

    /** Whether a server could listen on this port of 127.0.0.1 now. */
    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
