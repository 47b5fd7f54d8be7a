package dev.freshpyc.cli.serve.equivalence;

/** What a client may send: a task whose unihash it wants to know, or a report of a task's output. The answer to both is a unihash. */
public sealed interface Question permits TaskKey, Report {

    /** The task that is asked about or reported. */
    TaskKey task();
}
