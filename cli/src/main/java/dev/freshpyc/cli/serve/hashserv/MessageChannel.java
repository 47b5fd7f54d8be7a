package dev.freshpyc.cli.serve.hashserv;

import java.io.IOException;
import java.util.Optional;

/**
 * Carries texts between a client and the service, in their order. What is sent leaves when {@link #flush} is called, at the latest. One thread
 * uses it.
 */
interface MessageChannel {

    /** Largest message, in bytes. */
    int MAX_MESSAGE = 4 * 1024 * 1024;

    /** Waits for the next text, without white space at its end; empty when the client has ended the connection. */
    Optional<String> receive() throws IOException, RefusedException;

    /** Waits for the next message, which may be longer than a text. */
    Optional<String> receiveMessage() throws IOException, RefusedException;

    /** Whether a whole text has arrived, so that {@link #receive} does not wait. */
    boolean hasArrived() throws RefusedException;

    /** Sends a text. */
    void send(String text) throws IOException;

    /** Sends a message of ASCII characters, which may be longer than a text. */
    void sendMessage(String json) throws IOException;

    /** Sends what is kept back, and waits until the system has taken it. */
    void flush() throws IOException;

    /** The handshake of the protocol is over: from now on the client may be silent for long. */
    void endGreeting();

    /** Says that nothing follows, where the channel has a way to say so. */
    void end() throws IOException;
}
