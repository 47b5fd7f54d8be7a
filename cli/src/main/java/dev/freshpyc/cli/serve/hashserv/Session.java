package dev.freshpyc.cli.serve.hashserv;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Talks to one client from its greeting to the end of its connection. */
final class Session {

    private static final Pattern GREETING = Pattern.compile("OEHASHEQUIV 1\\.1");
    private static final Pattern HEADER = Pattern.compile("([^:]+):(.*)");
    private static final String NEEDS_HEADERS = "needs-headers";
    private static final int MAX_HEADERS = 32;
    private static final String END = "END";
    private static final int LINES_TOGETHER = 1_024;

    private final MessageChannel channel;
    private final CommandTable commands;
    private final Caller caller;

    Session(MessageChannel channel, CommandTable commands) {
        this.channel = channel;
        this.commands = commands;
        caller = commands.newCaller();
    }

    /**
     * Answers until the client ends the connection.
     *
     * @return whether a refusal was the last answer, which the client should have time to read
     * @throws IOException when the connection breaks, or the database cannot be used. A client cannot tell one from the other, and connects
     *     again.
     */
    boolean run() throws IOException, InterruptedException {
        try {
            if (greet()) {
                answer();
            }
            channel.end();
            return false;
        } catch (RefusedException refused) {
            channel.sendMessage(Reply.refusal(refused.sentence()));
            channel.end();
            return true;
        }
    }

    private boolean greet() throws IOException, RefusedException {
        Optional<String> greeting = channel.receive();
        if (greeting.isEmpty()) {
            return false;
        }
        if (!GREETING.matcher(greeting.get()).matches()) {
            throw new RefusedException("This service speaks OEHASHEQUIV 1.1.");
        }
        boolean needsHeaders = false;
        for (int count = 0; count <= MAX_HEADERS; count++) {
            Optional<String> header = channel.receive();
            if (header.isEmpty()) {
                return false;
            }
            if (header.get().isEmpty()) {
                if (needsHeaders) {
                    channel.send(""); // no headers, and their end
                    channel.flush();
                }
                channel.endGreeting();
                return true;
            }
            needsHeaders |= asksForHeaders(header.get());
        }
        throw new RefusedException("The handshake has more than " + MAX_HEADERS + " headers.");
    }

    private static boolean asksForHeaders(String header) throws RefusedException {
        var match = HEADER.matcher(header);
        if (!match.matches()) {
            throw new RefusedException("A header of the handshake is not NAME: VALUE.");
        }
        return match.group(1).equalsIgnoreCase(NEEDS_HEADERS)
                && match.group(2).strip().equals("true");
    }

    private void answer() throws IOException, RefusedException, InterruptedException {
        Optional<String> text = channel.receiveMessage();
        while (text.isPresent()) {
            long begun = System.nanoTime();
            Message message = Message.of(text.get(), commands::knows);
            Optional<LineStream> stream = commands.stream(message.command(), caller);
            if (stream.isPresent()) {
                stream(stream.get());
            } else {
                channel.sendMessage(commands.answer(message, caller));
                commands.stats().add(1, System.nanoTime() - begun);
            }
            flushBeforeWaiting();
            text = channel.receiveMessage();
        }
    }

    /** Answers the lines of a stream, all that have arrived at a time: a client sends many lines without waiting for answers. */
    private void stream(LineStream stream) throws IOException, InterruptedException, RefusedException {
        channel.sendMessage("\"ok\"");
        boolean goesOn = true;
        while (goesOn) {
            flushBeforeWaiting();
            List<String> lines = new ArrayList<>();
            goesOn = collect(lines);
            long begun = System.nanoTime();
            if (!lines.isEmpty()) {
                answer(stream, lines);
                commands.stats().add(lines.size(), System.nanoTime() - begun);
            }
        }
        channel.send("ok");
    }

    /** Takes the lines that have arrived, at least one; false when the stream ends after them. */
    private boolean collect(List<String> lines) throws IOException, RefusedException {
        do {
            Optional<String> line = channel.receive();
            if (line.isEmpty() || line.get().isEmpty() || line.get().equals(END)) {
                return false;
            }
            lines.add(line.get());
        } while (lines.size() < LINES_TOGETHER && channel.hasArrived());
        return true;
    }

    /** Answers lines. A line that cannot be answered ends the connection without a message, which the client would take for the answer. */
    private void answer(LineStream stream, List<String> lines) throws IOException, InterruptedException {
        try {
            for (String line : stream.answers(lines)) {
                channel.send(line);
            }
        } catch (RefusedException refused) {
            throw new IOException(refused);
        }
    }

    private void flushBeforeWaiting() throws IOException, RefusedException {
        if (!channel.hasArrived()) {
            channel.flush();
        }
    }
}
