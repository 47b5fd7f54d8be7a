package dev.freshpyc.cli.serve;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * An HTTP client that sends any text as a request, valid or not, each on a connection of its own. Every answer must
 * match the OpenAPI description.
 */
record RawHttp(int port) {

    /** The position of the status code in the first line. */
    private static final int CODE = "HTTP/1.1 ".length();

    private static final Pattern HEAD =
            Pattern.compile("^\\{\"tool\":\"freshpyc\",\"version\":\"[^\"]+\",\"schema\":\"freshpyc-[a-z-]+-1\",");

    private static final int TIMEOUT_MILLIS = (int) Duration.ofSeconds(20).toMillis();

    /** The status and the whole text of an answer. The status is 0 if the connection ends without an HTTP answer. */
    record Reply(int status, String text) {

        String body() {
            return text.substring(text.indexOf("\r\n\r\n") + 4);
        }

        /** The body of a document without the properties that every document begins with. */
        String properties() {
            return HEAD.matcher(body()).replaceFirst("{");
        }
    }

    Reply get(String target) throws IOException {
        return send("GET " + target + " HTTP/1.1\r\nHost: localhost:" + port + "\r\nConnection: close\r\n\r\n");
    }

    Reply post(String target, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return send("POST " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: "
                + bytes.length + "\r\n\r\n" + body);
    }

    /** Asks for events, with the given header lines. */
    RawEvents events(String headers) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return RawEvents.ask(socket, "GET /v1/events HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n");
    }

    Reply send(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.UTF_8));
            out.flush();
            String text = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!text.startsWith("HTTP/")) {
                return new Reply(0, "\r\n\r\n");
            }
            Reply reply = new Reply(Integer.parseInt(text.substring(CODE, CODE + 3)), text);
            DescribedAnswers.require(request, reply);
            return reply;
        }
    }
}
