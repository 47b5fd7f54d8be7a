package dev.freshpyc.cli.serve.hashserv;

import java.io.IOException;

/** Answers a message with a message. */
@FunctionalInterface
interface HashservCommand {

    /**
     * The answer, as JSON.
     *
     * @throws RefusedException when the client must not or cannot be answered
     * @throws IOException when the database cannot be used now
     */
    String answer(Arguments arguments, Caller caller) throws RefusedException, IOException, InterruptedException;
}
