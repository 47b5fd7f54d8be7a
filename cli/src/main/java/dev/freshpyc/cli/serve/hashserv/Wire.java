package dev.freshpyc.cli.serve.hashserv;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * The bytes of a connection. Bytes that have arrived wait until they are taken. A client has a long time to begin a message and a short time
 * to end it, so that a client which sends slowly is dropped.
 */
final class Wire {

    /** Larger messages are read from few clients at a time. */
    static final int LARGE = 64 * 1024;

    private static final Duration WAIT_FOR_PLACE = Duration.ofSeconds(5);
    private static final int FIRST_INPUT = 8 * 1024;
    private static final int OUTPUT = 16 * 1024;

    private final InputStream in;
    private final OutputStream out;
    private final Turn turn;
    private byte[] input = new byte[FIRST_INPUT];
    private int begin;
    private int end;
    private final byte[] output = new byte[OUTPUT];
    private int kept;
    private boolean wasFull;
    private boolean isGreeting = true;
    private boolean isMidway = true;
    private boolean isLarge;

    /**
     * The bytes of a client that has yet to greet.
     *
     * @param turn the place of the client among the connections of the service
     */
    Wire(InputStream in, OutputStream out, Turn turn) {
        this.in = in;
        this.out = out;
        this.turn = turn;
        turn.deadline().in(turn.limits().greeting());
    }

    /** How many bytes have arrived. */
    int available() {
        return end - begin;
    }

    /** A byte that has arrived and is not taken; the next one has the index 0. */
    byte peek(int at) {
        return input[begin + at];
    }

    /** The index of the next line feed from an index on; -1 where there is none. */
    int lineEnd(int from) {
        for (int at = begin + from; at < end; at++) {
            if (input[at] == '\n') {
                return at - begin;
            }
        }
        return -1;
    }

    /** Takes bytes that have arrived. */
    byte[] take(int count) {
        byte[] taken = Arrays.copyOfRange(input, begin, begin + count);
        skip(count);
        return taken;
    }

    void skip(int count) {
        begin += count;
    }

    /** Waits for more bytes; false when the client has ended the connection. */
    boolean fill() throws IOException {
        if (begin > 0) {
            System.arraycopy(input, begin, input, 0, end - begin);
            end -= begin;
            begin = 0;
        }
        if (end == input.length || (wasFull && input.length < LARGE)) {
            input = Arrays.copyOf(input, input.length * 2);
        }
        if (!isMidway && end == 0) {
            turn.deadline().in(turn.limits().idle());
        } else if (!isMidway) {
            expectRest();
        }
        int count = in.read(input, end, input.length - end);
        if (count > 0) {
            end += count;
        }
        wasFull = end == input.length;
        return count > 0;
    }

    /** Notes that the client has begun a message, which it must end soon. */
    void expectRest() {
        if (!isMidway) {
            isMidway = true;
            turn.deadline().in(turn.limits().message());
        }
    }

    /**
     * Notes that the client has begun a large message.
     *
     * @throws RefusedException when too many large messages are being read
     */
    void expectMuch() throws RefusedException {
        try {
            isLarge = isLarge || turn.largeMessages().tryAcquire(WAIT_FOR_PLACE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        if (!isLarge) {
            throw new RefusedException("Too many large messages at once: ask again later.");
        }
    }

    /** Notes that the handshake has ended. */
    void endGreeting() {
        isGreeting = false;
        settle();
    }

    /** Notes that the client has sent a complete message, so that the service does not wait for it. */
    void settle() {
        if (isLarge) {
            turn.largeMessages().release();
            isLarge = false;
        }
        if (!isGreeting) {
            isMidway = false;
            turn.deadline().off();
        }
    }

    /** Sends bytes, which are kept until {@link #flush} while they are few. */
    void write(byte[] bytes) throws IOException {
        if (bytes.length > output.length - kept) {
            flush();
        }
        if (bytes.length > output.length) {
            send(bytes, bytes.length);
        } else {
            System.arraycopy(bytes, 0, output, kept, bytes.length);
            kept += bytes.length;
        }
    }

    void flush() throws IOException {
        send(output, kept);
        kept = 0;
    }

    private void send(byte[] bytes, int count) throws IOException {
        if (count > 0) {
            turn.deadline().in(turn.limits().message());
            out.write(bytes, 0, count);
            out.flush();
            turn.deadline().off();
        }
    }
}
