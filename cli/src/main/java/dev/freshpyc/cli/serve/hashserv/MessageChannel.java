package dev.freshpyc.cli.serve.hashserv;

import java.io.IOException;
import java.util.Optional;

/**
 * Carries texts between a client and the service, in their order. A text that was sent leaves the service when {@link #flush} is called, or
 * earlier. Not thread-safe.
 */
interface MessageChannel {

    /** Largest message, in bytes. */
    int MAX_MESSAGE = 4 * 1024 * 1024;

    /** Waits for the next text, without white space at its end; empty when the client has ended the connection. */
    Optional<String> receive() throws IOException, RefusedException;

    /** Waits for the next message, which may be longer than a text. */
    Optional<String> receiveMessage() throws IOException, RefusedException;

    /** Whether a complete text has arrived, so that {@link #receive} does not wait. */
    boolean hasArrived() throws RefusedException;

    /** Sends a text. */
    void send(String text) throws IOException;

    /** Sends a message of ASCII characters, which may be longer than a text. */
    void sendMessage(String json) throws IOException;

    /** Sends the texts that are kept back, and waits until the system has taken them. */
    void flush() throws IOException;

    /** Notes that the handshake of the protocol has ended: from now on, the client may be silent for long. */
    void endGreeting();

    /** Tells the client that nothing follows, where the channel has a way to do so. */
    void end() throws IOException;
}
