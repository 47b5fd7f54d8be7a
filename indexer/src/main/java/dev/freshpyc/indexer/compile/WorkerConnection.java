package dev.freshpyc.indexer.compile;

import dev.freshpyc.core.pyc.Magic;
import java.io.IOException;
import java.io.OutputStream;

/** The two pipes to a worker, and the request and reply lines on them. Every call may block until the worker dies. */
final class WorkerConnection implements AutoCloseable {

    private static final int HELLO_LIMIT = 4096;

    /** Room in a reply line for what is not a body: names, punctuation, and a message in JSON escapes. */
    private static final int ROOM_FOR_NAMES = 8192;

    private final Process process;
    private final OutputStream requests;
    private final LineReader replies;
    private final Magic magic;
    private volatile boolean greeted;
    private int last;

    WorkerConnection(Process process, Magic magic) {
        this.process = process;
        this.requests = process.getOutputStream();
        this.replies = new LineReader(process.getInputStream());
        this.magic = magic;
    }

    /**
     * Sends a request and reads the reply. The first request is sent before the greeting is read, so that a new worker costs
     * one round trip instead of two.
     *
     * @throws IOException if the worker ends or closes a pipe
     */
    CompileOutcome exchange(EncodedRequest request) throws IOException, WorkerProtocol.ViolationException {
        last++;
        request.send(last, requests);
        requests.flush();
        if (!greeted) {
            greet();
        }
        int longest = (int) Math.min(Integer.MAX_VALUE, (long) request.limits().reply() + ROOM_FOR_NAMES);
        return WorkerProtocol.reply(last, request, replies.next(longest));
    }

    /** Whether the worker has greeted with the right magic number. */
    boolean greeted() {
        return greeted;
    }

    /** Closes the pipes without {@link Process#destroy()}, which would wait for a pending write. */
    @Override
    public void close() {
        try (requests;
                var _ = process.getInputStream()) {
            // Closing is all that is left to do.
        } catch (IOException alreadyClosed) {
            // The worker ended.
        }
    }

    private void greet() throws IOException, WorkerProtocol.ViolationException {
        Magic answered = WorkerProtocol.hello(replies.next(HELLO_LIMIT));
        if (!answered.equals(magic)) {
            throw new WorkerProtocol.ViolationException(
                    "the interpreter has magic " + answered.number() + " instead of " + magic.number());
        }
        greeted = true;
    }
}
