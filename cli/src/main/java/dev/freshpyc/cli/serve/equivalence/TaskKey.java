package dev.freshpyc.cli.serve.equivalence;

import java.nio.charset.StandardCharsets;

/**
 * The key of a task of a build.
 *
 * @param method the name of the method that hashes the output; tasks of different methods are never equivalent
 * @param taskhash the hash of the task's inputs
 */
public record TaskKey(String method, String taskhash) implements Question {

    /** Most bytes in UTF-8 of method, taskhash and outhash together: an index entry of PostgreSQL has at most 2,704 bytes. */
    public static final int MAX_BYTES = 2_600;

    /**
     * Fails for a task that no row can have together with an output.
     *
     * @param outhash empty for an output that is unknown
     */
    public void requireStorable(String outhash) throws FieldException {
        if (bytes(method) + bytes(taskhash) + bytes(outhash) > MAX_BYTES) {
            throw new FieldException("The fields 'method', 'taskhash' and 'outhash' are too long together.");
        }
    }

    static int bytes(String value) {
        return value.getBytes(StandardCharsets.UTF_8).length;
    }

    @Override
    public TaskKey task() {
        return this;
    }
}
