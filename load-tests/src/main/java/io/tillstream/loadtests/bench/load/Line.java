package io.tillstream.loadtests.bench.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** One kept-alive connection, one request at a time. */
final class Line {
    private final Selector selector;
    private final InetSocketAddress address;
    private final ByteBuffer out;
    private final HttpAnswer answer = new HttpAnswer();
    private SocketChannel channel;
    private SelectionKey key;
    private long dueNanos;
    private long sentNanos;
    private long firstEvent;
    private boolean isBusy;
    private boolean isAnswered;

    Line(Selector selector, int port, int requestBytesMax) throws IOException {
        this.selector = selector;
        this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        this.out = ByteBuffer.allocateDirect(requestBytesMax);
        open();
    }

    private void open() throws IOException {
        channel = SocketChannel.open(address); // on loopback at once, or refused
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        key = channel.register(selector, SelectionKey.OP_READ, this);
        isBusy = false;
        isAnswered = false;
        answer.clear();
        out.clear().flip();
    }

    void send(byte[] request, long firstEvent, long dueNanos, long nowNanos) throws IOException {
        this.firstEvent = firstEvent;
        this.dueNanos = dueNanos;
        this.sentNanos = nowNanos;
        isBusy = true;
        out.clear();
        out.put(request).flip();
        write();
    }

    void write() throws IOException {
        channel.write(out);
        int wanted = out.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ;
        if (key.interestOps() != wanted) {
            key.interestOps(wanted);
        }
    }

    /**
     * Reads what has come.
     *
     * @param buffer for reading, any
     * @return the answer when it is complete, else null
     * @throws IOException if the server has closed the connection
     */
    HttpAnswer read(ByteBuffer buffer) throws IOException {
        buffer.clear();
        int count = channel.read(buffer);
        if (count < 0) {
            throw new IOException("closed by the server");
        }
        if (count == 0) {
            return null;
        }
        isAnswered = answer.take(buffer.flip());
        return isAnswered ? answer : null;
    }

    /** Whether its answer is here and its request is out: a refused batch is answered before its end is written. */
    boolean isDone() {
        return isBusy && isAnswered && !out.hasRemaining();
    }

    /** Makes it ready for the next request. */
    void end() throws IOException {
        isBusy = false;
        isAnswered = false;
        if (answer.isClosing()) {
            reopen();
        } else {
            answer.clear();
        }
    }

    void reopen() throws IOException {
        close();
        open();
    }

    void close() throws IOException {
        key.cancel();
        channel.close();
    }

    boolean isBusy() {
        return isBusy;
    }

    long dueNanos() {
        return dueNanos;
    }

    long sentNanos() {
        return sentNanos;
    }

    long firstEvent() {
        return firstEvent;
    }
}
