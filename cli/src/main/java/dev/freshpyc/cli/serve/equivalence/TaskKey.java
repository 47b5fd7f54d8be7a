package dev.freshpyc.cli.serve.equivalence;

/**
 * Names a task of a build.
 *
 * @param method how the output of the task is hashed; tasks of different methods are never equivalent
 * @param taskhash the hash of what goes into the task
 */
public record TaskKey(String method, String taskhash) implements Question {

    @Override
    public TaskKey task() {
        return this;
    }
}
