package dev.freshpyc.cli.serve.hashserv;

import java.io.IOException;
import java.time.Duration;

/** Talks to a client over a connection, by lines or by a websocket. */
final class Conversation {

    /** The time that a client has to read why it was refused. */
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private static final int MAX_DISCARDED = 8 * 1024 * 1024;

    private final CommandTable commands;
    private final Opening opening;

    /** Makes a channel of the bytes of a connection. */
    @FunctionalInterface
    interface Opening {
        MessageChannel open(Wire wire) throws IOException, RefusedException;
    }

    Conversation(CommandTable commands, Opening opening) {
        this.commands = commands;
        this.opening = opening;
    }

    /** Answers a client until its connection ends. */
    void run(Peer peer, Turn turn) throws IOException, InterruptedException {
        Wire wire = new Wire(peer.in(), peer.out(), turn);
        try {
            boolean isRefused = new Session(opening.open(wire), commands).run();
            if (isRefused) {
                sayFarewell(peer, turn.deadline());
            }
        } catch (RefusedException refused) {
            throw new IOException(refused);
        } finally {
            wire.settle();
        }
    }

    /** Reads the rest that the client sends: a connection that is closed with unread bytes would lose the refusal. */
    private static void sayFarewell(Peer peer, Deadline deadline) throws IOException {
        deadline.in(FAREWELL);
        peer.finish().run();
        byte[] discarded = new byte[8 * 1024];
        int total = 0;
        for (int count = 0;
                count >= 0 && total < MAX_DISCARDED;
                count = peer.in().read(discarded)) {
            total += count;
        }
    }
}
