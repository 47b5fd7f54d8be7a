package dev.freshpyc.cli.serve.equivalence;

/**
 * The key of a task of a build.
 *
 * @param method the name of the method that hashes the output; tasks of different methods are never equivalent
 * @param taskhash the hash of the task's inputs
 */
public record TaskKey(String method, String taskhash) implements Question {

    @Override
    public TaskKey task() {
        return this;
    }
}
