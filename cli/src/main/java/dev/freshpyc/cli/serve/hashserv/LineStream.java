package dev.freshpyc.cli.serve.hashserv;

import java.io.IOException;
import java.util.List;

/** Answers lines with lines, in their order. */
@FunctionalInterface
interface LineStream {

    /**
     * The answers to lines that have arrived together.
     *
     * @throws RefusedException when a line is not of the stream's form
     * @throws IOException when the database cannot be used now
     */
    List<String> answers(List<String> lines) throws RefusedException, IOException, InterruptedException;
}
