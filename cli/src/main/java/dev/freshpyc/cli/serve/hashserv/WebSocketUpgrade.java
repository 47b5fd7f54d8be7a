package dev.freshpyc.cli.serve.hashserv;

import dev.freshpyc.cli.serve.Access;
import dev.freshpyc.cli.serve.RequestGuard;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Turns an HTTP request into a websocket (RFC 6455, section 4.2), unless a web page of another site makes a browser send it. */
final class WebSocketUpgrade {

    private static final int MAX_HEAD = 16 * 1024;
    private static final Pattern REQUEST = Pattern.compile("GET /[\\x21-\\x7e]* HTTP/1\\.1");
    private static final int KEY_BYTES = 16;
    private static final String ACCEPTED = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"; // of the RFC

    private final RequestGuard guard;

    WebSocketUpgrade(Access access) {
        guard = new RequestGuard(access);
    }

    /**
     * Answers the request of a client.
     *
     * @throws RefusedException when the request is not one for a websocket, after an answer that says so
     */
    MessageChannel open(Wire wire) throws IOException, RefusedException {
        try {
            String key = key(head(wire));
            answer(
                    wire,
                    "101 Switching Protocols",
                    "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: " + key + "\r\n\r\n");
            return new WebSocketChannel(wire);
        } catch (RefusedException refused) {
            String body = refused.sentence() + "\n";
            answer(
                    wire,
                    "400 Bad Request",
                    "Content-Type: text/plain; charset=utf-8\r\nSec-WebSocket-Version: 13\r\nConnection: close\r\n"
                            + "Content-Length: " + body.length() + "\r\n\r\n" + body);
            throw refused;
        }
    }

    private static void answer(Wire wire, String status, String rest) throws IOException {
        wire.write(("HTTP/1.1 " + status + "\r\n" + rest).getBytes(StandardCharsets.US_ASCII));
        wire.flush();
    }

    private static List<String> head(Wire wire) throws IOException, RefusedException {
        List<String> lines = new ArrayList<>();
        int total = 0;
        while (true) {
            int end = wire.lineEnd(0);
            if (end < 0) {
                if (total + wire.available() > MAX_HEAD) {
                    throw new RefusedException("The headers are longer than " + MAX_HEAD + " bytes.");
                }
                if (!wire.fill()) {
                    throw new IOException("the client has gone");
                }
                continue;
            }
            total += end;
            String line = new String(wire.take(end), StandardCharsets.ISO_8859_1).stripTrailing();
            wire.skip(1);
            if (line.isEmpty()) {
                return lines;
            }
            lines.add(line);
        }
    }

    private String key(List<String> head) throws RefusedException {
        if (head.isEmpty() || !REQUEST.matcher(head.getFirst()).matches()) {
            throw new RefusedException("This is not a request for a websocket.");
        }
        Map<String, List<String>> headers = headers(head.subList(1, head.size()));
        Optional<String> refusal = guard.refusal(values(headers, "host"), values(headers, "origin"));
        if (refusal.isPresent()) {
            throw new RefusedException(refusal.get());
        }
        if (!words(headers, "upgrade").contains("websocket")
                || !words(headers, "connection").contains("upgrade")
                || !values(headers, "sec-websocket-version").equals(List.of("13"))) {
            throw new RefusedException("This is not a request for a websocket of version 13.");
        }
        List<String> keys = values(headers, "sec-websocket-key");
        if (keys.size() != 1 || !isKey(keys.getFirst())) {
            throw new RefusedException("The header Sec-WebSocket-Key has not 16 bytes in Base64.");
        }
        return accepted(keys.getFirst());
    }

    private static Map<String, List<String>> headers(List<String> lines) throws RefusedException {
        Map<String, List<String>> headers = new HashMap<>();
        for (String line : lines) {
            int colon = line.indexOf(':');
            if (colon <= 0) {
                throw new RefusedException("A header is not NAME: VALUE.");
            }
            headers.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        return headers;
    }

    private static List<String> values(Map<String, List<String>> headers, String name) {
        return headers.getOrDefault(name, List.of());
    }

    private static List<String> words(Map<String, List<String>> headers, String name) {
        return values(headers, name).stream()
                .flatMap(value -> Arrays.stream(value.toLowerCase(Locale.ROOT).split(",", -1)))
                .map(String::strip)
                .toList();
    }

    private static boolean isKey(String key) {
        try {
            return Base64.getDecoder().decode(key).length == KEY_BYTES;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static String accepted(String key) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            return Base64.getEncoder()
                    .encodeToString(sha1.digest((key + ACCEPTED).getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException defect) {
            throw new IllegalStateException("the JDK has no SHA-1", defect);
        }
    }
}
