package dev.freshpyc.cli.serve;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/** Reads the body of a request within a time limit. A fault of the client becomes a {@link BadRequestException}. */
final class BodyStream implements AutoCloseable {

    private final InputStream in;
    private final Duration maxTime;
    private final long begun = System.nanoTime();

    /** @param maxTime for the whole body, so that a slow client does not hold memory of the service for long */
    BodyStream(Request request, Duration maxTime) {
        this.in = Content.Source.asInputStream(request);
        this.maxTime = maxTime;
    }

    /** Reads some bytes; a negative number is the end of the body. */
    int read(byte[] part) throws BadRequestException {
        if (System.nanoTime() - begun > maxTime.toNanos()) {
            throw late();
        }
        try {
            return in.read(part);
        } catch (IOException broken) {
            throw broken.getCause() instanceof TimeoutException
                    ? late()
                    : new BadRequestException(
                            HttpStatus.BAD_REQUEST_400, "The body ended too early, or its chunks are malformed.");
        }
    }

    private BadRequestException late() {
        return new BadRequestException(
                HttpStatus.REQUEST_TIMEOUT_408, "The body took longer than " + maxTime.toSeconds() + " s.");
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
