package dev.freshpyc.cli.serve.hashserv;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A client of OEHASHEQUIV that sends any text, valid or not. */
final class HashservClient implements AutoCloseable {

    static final String GREETING = "OEHASHEQUIV 1.1\nneeds-headers: false\n\n";

    private final SocketChannel channel;
    private final BufferedReader in;
    private final OutputStream out;

    private HashservClient(SocketAddress address) throws IOException {
        channel = address instanceof UnixDomainSocketAddress
                ? SocketChannel.open(StandardProtocolFamily.UNIX)
                : SocketChannel.open();
        channel.connect(address);
        in = new BufferedReader(new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8));
        out = Channels.newOutputStream(channel);
    }

    /** Connects a client that has not yet sent the greeting. */
    static HashservClient silent(int port) throws IOException {
        return new HashservClient(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    static HashservClient of(int port) throws IOException {
        return greeted(silent(port));
    }

    static HashservClient of(Path socket) throws IOException {
        return greeted(new HashservClient(UnixDomainSocketAddress.of(socket)));
    }

    private static HashservClient greeted(HashservClient client) throws IOException {
        client.send(GREETING);
        return client;
    }

    HashservClient send(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** Reads the next line; null at the end of the connection. */
    @Nullable
    String line() throws IOException {
        try {
            return in.readLine();
        } catch (IOException reset) {
            return null;
        }
    }

    /** Sends a message and returns the answer. */
    String ask(String message) throws IOException {
        send(message + "\n");
        return String.valueOf(line());
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
