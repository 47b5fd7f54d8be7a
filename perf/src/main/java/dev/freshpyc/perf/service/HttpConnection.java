package dev.freshpyc.perf.service;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** One kept connection to a service of this machine; it knows as much of HTTP as the service's answers need. */
public final class HttpConnection implements AutoCloseable {

    private static final int BUFFER = 64 * 1024;
    private static final int TIMEOUT_MILLIS = 120_000;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    /** Connects to a port of this machine. */
    public HttpConnection(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        in = new BufferedInputStream(socket.getInputStream(), BUFFER);
        out = socket.getOutputStream();
    }

    /** Asks and reads the answer; returns the status. */
    public int status(String target) throws IOException {
        return send(ascii("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    }

    /** Asks and reads the answer; another status than 200 is an exception. */
    void get(String target) throws IOException {
        require(status(target));
    }

    /** Posts and reads the answer, as {@link #get} does. */
    void post(String target, byte[] body) throws IOException {
        byte[] head =
                ascii("POST " + target + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + body.length + "\r\n\r\n");
        require(send(ByteBuffer.allocate(head.length + body.length)
                .put(head)
                .put(body)
                .array()));
    }

    /** The bytes of a text in ASCII. */
    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static void require(int status) throws IOException {
        if (status != 200) {
            throw new IOException("the service answered with status " + status);
        }
    }

    private int send(byte[] request) throws IOException {
        out.write(request);
        out.flush();
        String[] status = header().split(" ", -1);
        long length = 0;
        for (String header = header(); !header.isEmpty(); header = header()) {
            if (header.startsWith("Content-Length: ")) {
                length = Long.parseLong(header.substring("Content-Length: ".length()));
            }
        }
        in.skipNBytes(length);
        return Integer.parseInt(status[1]);
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
