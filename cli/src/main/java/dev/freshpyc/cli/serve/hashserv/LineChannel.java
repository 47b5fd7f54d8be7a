package dev.freshpyc.cli.serve.hashserv;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Carries texts as lines. A message that is too long for a line is cut into pieces: a line announces them, each piece is a line, and an empty
 * line ends them.
 */
final class LineChannel implements MessageChannel {

    /** Longest line with its end, in bytes. */
    static final int MAX_LINE = 32 * 1024;

    private static final String ANNOUNCING = "{\"chunk-stream\": null}";
    private static final Pattern PIECES = Pattern.compile("\\s*\\{\\s*\"chunk-stream\"\\s*:.*", Pattern.DOTALL);
    private static final int ANNOUNCEMENT = 128;

    private final Wire wire;
    private int searched;

    LineChannel(Wire wire) {
        this.wire = wire;
    }

    @Override
    public Optional<String> receive() throws IOException, RefusedException {
        Optional<String> line = line();
        wire.settle();
        return line.map(String::stripTrailing);
    }

    private Optional<String> line() throws IOException, RefusedException {
        int end = find();
        while (end < 0) {
            if (wire.available() >= MAX_LINE) {
                throw tooLong();
            }
            if (!wire.fill()) {
                if (wire.available() > 0) {
                    throw new RefusedException("The last line has no end.");
                }
                return Optional.empty();
            }
            end = find();
        }
        if (end >= MAX_LINE) {
            throw tooLong();
        }
        byte[] line = wire.take(end);
        wire.skip(1);
        searched = 0;
        return Optional.of(TextBytes.text(line));
    }

    private int find() {
        int end = wire.lineEnd(searched);
        searched = end < 0 ? wire.available() : end;
        return end;
    }

    private static RefusedException tooLong() {
        return new RefusedException("A line is longer than " + MAX_LINE + " bytes.");
    }

    @Override
    public Optional<String> receiveMessage() throws IOException, RefusedException {
        Optional<String> line = line();
        if (line.isPresent() && announcesPieces(line.get())) {
            wire.expectRest();
            line = Optional.of(pieces());
        }
        wire.settle();
        return line;
    }

    private static boolean announcesPieces(String line) {
        return line.length() < ANNOUNCEMENT && PIECES.matcher(line).matches();
    }

    private String pieces() throws IOException, RefusedException {
        StringBuilder message = new StringBuilder();
        while (true) {
            String piece = line().orElseThrow(() -> new RefusedException("The message has no end."));
            if (piece.isEmpty() || piece.equals("\r")) {
                return message.toString();
            }
            if (message.length() + piece.length() > MAX_MESSAGE) {
                throw new RefusedException("The message is longer than " + MAX_MESSAGE + " characters.");
            }
            if (message.length() + piece.length() > Wire.LARGE) {
                wire.expectMuch();
            }
            message.append(piece);
        }
    }

    @Override
    public boolean hasArrived() {
        return find() >= 0;
    }

    @Override
    public void send(String text) throws IOException {
        wire.write((text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void sendMessage(String json) throws IOException {
        int most = MAX_LINE - 1;
        if (json.length() < most) {
            send(json);
            return;
        }
        send(ANNOUNCING);
        int at = 0;
        while (at < json.length()) {
            int end = cut(json, at, Math.min(at + most, json.length()));
            send(json.substring(at, end));
            at = end;
        }
        send("");
    }

    /** The end of a piece. It is not after a blank where possible, since clients strip the lines that they receive. */
    private static int cut(String json, int begin, int end) {
        int cut = end;
        while (cut > begin + 1 && json.charAt(cut - 1) == ' ') {
            cut--;
        }
        return cut > begin + 1 ? cut : end;
    }

    @Override
    public void flush() throws IOException {
        wire.flush();
    }

    @Override
    public void endGreeting() {
        wire.endGreeting();
    }

    @Override
    public void end() throws IOException {
        wire.flush();
    }
}
