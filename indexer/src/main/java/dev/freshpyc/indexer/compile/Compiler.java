package dev.freshpyc.indexer.compile;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.KnownInterpreter;

/**
 * An interpreter to compile with.
 *
 * @param executable the program to start; made absolute, since workers do not run in the current directory
 * @param interpreter what it said of itself; a worker with another magic number is not believed
 */
public record Compiler(RawPath executable, KnownInterpreter interpreter) {

    public Compiler {
        executable = executable.absolute();
    }
}
