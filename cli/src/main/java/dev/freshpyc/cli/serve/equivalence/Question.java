package dev.freshpyc.cli.serve.equivalence;

/** A question of a client: about the unihash of a task, or a report of a task's output. The answer to both is a unihash. */
public sealed interface Question permits TaskKey, Report {

    /** The task that is asked about or reported. */
    TaskKey task();
}
