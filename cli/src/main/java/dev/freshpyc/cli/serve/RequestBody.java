package dev.freshpyc.cli.serve;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;

/** Reads bodies of a bounded size, and only a bounded number at a time, since the heap of the service is small. */
final class RequestBody {

    /** Largest body, in bytes. */
    static final int MAX_BYTES = 4 * 1024 * 1024;

    private static final Duration MAX_TIME = Duration.ofSeconds(20);
    private static final int SMALL = 64 * 1024;
    private static final int PART = 16 * 1024;
    private static final int MAX_AT_ONCE = 6;
    private static final long PATIENCE_SECONDS = 5;

    /** An answer that is made from a body. */
    @FunctionalInterface
    interface BodyUse {
        HttpAnswer of(byte[] body) throws BadRequestException, IOException, InterruptedException;
    }

    private final Semaphore slots = new Semaphore(MAX_AT_ONCE);

    /** Reads the body and makes the answer. A large body takes one of the slots until the answer is made. */
    HttpAnswer use(Request request, BodyUse use) throws BadRequestException, IOException, InterruptedException {
        if (request.getLength() > MAX_BYTES) {
            throw tooLarge();
        }
        if (request.getLength() >= 0 && request.getLength() <= SMALL) {
            return read(request, use);
        }
        if (!slots.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new BadRequestException(
                    HttpStatus.SERVICE_UNAVAILABLE_503, "Too many large requests at once: ask again later.");
        }
        try {
            return read(request, use);
        } finally {
            slots.release();
        }
    }

    private static HttpAnswer read(Request request, BodyUse use)
            throws BadRequestException, IOException, InterruptedException {
        byte[] body;
        try (BodyStream in = new BodyStream(request, MAX_TIME)) {
            body = read(in);
        }
        return use.of(body);
    }

    private static byte[] read(BodyStream in) throws BadRequestException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] part = new byte[PART];
        for (int count = in.read(part); count >= 0; count = in.read(part)) {
            body.write(part, 0, count);
            if (body.size() > MAX_BYTES) {
                throw tooLarge();
            }
        }
        return body.toByteArray();
    }

    private static BadRequestException tooLarge() {
        return new BadRequestException(
                HttpStatus.PAYLOAD_TOO_LARGE_413, "The body is larger than " + MAX_BYTES + " bytes.");
    }
}
