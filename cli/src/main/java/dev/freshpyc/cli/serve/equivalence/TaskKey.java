package dev.freshpyc.cli.serve.equivalence;

import java.nio.charset.StandardCharsets;

/**
 * Names a task of a build.
 *
 * @param method how the output of the task is hashed; tasks of different methods are never equivalent
 * @param taskhash the hash of what goes into the task
 */
public record TaskKey(String method, String taskhash) implements Question {

    /** Most bytes in UTF-8 of method, taskhash and outhash together: an entry of an index of PostgreSQL has 2,704 at most. */
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
