package dev.freshpyc.cli.serve;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One connection of a load, which is kept: a client that costs little beside the service that it measures. */
public final class LoadConnection implements AutoCloseable {

    private static final int BUFFER = 64 * 1024;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    /** Connects to a port of this machine. */
    public LoadConnection(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream(), BUFFER);
        out = socket.getOutputStream();
    }

    /** Prints how many of something there were in a second. */
    public static void print(String what, int count, long begun) {
        double seconds = (System.nanoTime() - begun) / 1e9;
        System.out.printf(Locale.ROOT, "%,d %s in %.2f s: %,.0f/s%n", count, what, seconds, count / seconds);
    }

    /** Asks and reads the answer; another status than 200 is an exception. */
    public void get(String target) throws IOException {
        send(ascii("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    }

    /** Posts and reads the answer, as {@link #get} does. */
    public void post(String target, byte[] body) throws IOException {
        byte[] head =
                ascii("POST " + target + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + body.length + "\r\n\r\n");
        send(ByteBuffer.allocate(head.length + body.length).put(head).put(body).array());
    }

    /** The bytes of a text in ASCII. */
    public static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private void send(byte[] request) throws IOException {
        out.write(request);
        out.flush();
        String status = header();
        if (!status.startsWith("HTTP/1.1 200")) {
            throw new IOException(status);
        }
        long length = 0;
        for (String header = header(); !header.isEmpty(); header = header()) {
            if (header.startsWith("Content-Length: ")) {
                length = Long.parseLong(header.substring("Content-Length: ".length()));
            }
        }
        in.skipNBytes(length);
    }

    private String header() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new IOException("the service closed the connection");
            }
            if (b != '\r') {
                line.append((char) b);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
