package dev.freshpyc.indexer.interpreter;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.KnownInterpreter;

/**
 * An interpreter that was found and probed.
 *
 * @param executable the program to start; made absolute, since workers do not run in the current directory
 * @param interpreter the version, tag and magic number that the program reported
 */
public record LocatedInterpreter(RawPath executable, KnownInterpreter interpreter) {

    public LocatedInterpreter {
        executable = executable.absolute();
    }
}
