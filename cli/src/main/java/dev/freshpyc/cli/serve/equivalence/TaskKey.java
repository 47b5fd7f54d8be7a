package dev.freshpyc.cli.serve.equivalence;

/**
 * Names a task of a build.
 *
 * @param method how the output of the task is hashed; tasks of different methods are never equivalent
 * @param taskhash the hash of what goes into the task
 */
public record TaskKey(String method, String taskhash) implements Question {

    /** Most bytes in UTF-8 of method, taskhash and outhash together: an entry of an index of PostgreSQL has 2,704 at most. */
    public static final int MAX_BYTES = 2_600;

    @Override
    public TaskKey task() {
        return this;
    }
}
