package dev.freshpyc.indexer.prove;

import dev.freshpyc.indexer.compile.CompileLimits;
import dev.freshpyc.indexer.compile.WorkerPool;
import dev.freshpyc.indexer.interpreter.InterpreterLocator;

/**
 * What a comparison compiles with. Nothing is started before the first comparison.
 *
 * @param interpreters finds the interpreters of the pycs
 * @param workers the processes that compile
 */
public record Compilers(InterpreterLocator interpreters, WorkerPool workers) implements AutoCloseable {

    /** Compilers for as many threads as {@code workers}. */
    public static Compilers of(InterpreterLocator interpreters, int workers) {
        return new Compilers(interpreters, WorkerPool.of(workers, CompileLimits.DEFAULT));
    }

    /** Ends the processes. */
    @Override
    public void close() {
        workers.close();
    }
}
