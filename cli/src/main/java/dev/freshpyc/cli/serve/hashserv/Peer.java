package dev.freshpyc.cli.serve.hashserv;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * The two directions of a connection.
 *
 * @param finish tells the client that nothing more is sent, so that the client reads to the end
 */
record Peer(InputStream in, OutputStream out, Finish finish) {

    /** Ends the sending. */
    @FunctionalInterface
    interface Finish {
        void run() throws IOException;
    }

    /** A connection without TLS. */
    static Peer plain(SocketChannel channel) {
        return new Peer(Channels.newInputStream(channel), Channels.newOutputStream(channel), channel::shutdownOutput);
    }

    /** A connection with TLS, whose handshake begins with the first read. */
    static Peer tls(SocketChannel channel, SSLSocketFactory tls) throws IOException {
        Socket raw = channel.socket();
        SSLSocket socket = (SSLSocket) tls.createSocket(raw, null, raw.getPort(), false);
        socket.setUseClientMode(false);
        return new Peer(socket.getInputStream(), socket.getOutputStream(), socket::shutdownOutput);
    }
}
