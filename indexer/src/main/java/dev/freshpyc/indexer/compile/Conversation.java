package dev.freshpyc.indexer.compile;

import dev.freshpyc.core.pyc.Magic;
import java.io.IOException;
import java.io.OutputStream;

/** What is said between this process and a worker. Every call may block for as long as the worker likes. */
final class Conversation implements AutoCloseable {

    private static final int HELLO_LIMIT = 4096;

    private final Process process;
    private final OutputStream requests;
    private final LineReader replies;
    private final Magic magic;
    private volatile boolean greeted;
    private int last;

    Conversation(Process process, Magic magic) {
        this.process = process;
        this.requests = process.getOutputStream();
        this.replies = new LineReader(process.getInputStream());
        this.magic = magic;
    }

    /**
     * One request and its answer. The first request does not wait for the greeting, so that a start costs one wait and not
     * two.
     *
     * @throws IOException when the worker ends, or closes its side
     */
    CompileOutcome ask(Question question, int limit) throws IOException, GarbledException {
        last++;
        question.send(last, requests);
        requests.flush();
        if (!greeted) {
            greet();
        }
        return Protocol.reply(last, question, replies.next(limit));
    }

    /** Whether it began as a worker of the right interpreter does. */
    boolean greeted() {
        return greeted;
    }

    /** Not by {@link Process#destroy()}, which would wait for a write that is under way. */
    @Override
    public void close() {
        try (requests;
                var _ = process.getInputStream()) {
            // Nothing is left to say.
        } catch (IOException alreadyClosed) {
            // It ended by itself.
        }
    }

    private void greet() throws IOException, GarbledException {
        Magic answered = Protocol.hello(replies.next(HELLO_LIMIT));
        if (!answered.equals(magic)) {
            throw new GarbledException("its magic number is " + answered.number() + " and not " + magic.number());
        }
        greeted = true;
    }
}
