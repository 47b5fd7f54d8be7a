package dev.freshpyc.indexer.environment;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.KnownInterpreter;
import java.util.List;
import java.util.Optional;

/**
 * The report of an interpreter about itself.
 *
 * @param executable the program that was started, perhaps a wrapper of the interpreter
 * @param program {@code sys.executable}: behind a wrapper, the program that the wrapper starts; empty if unknown
 * @param version the full version for people to read, such as {@code 3.15.0rc1}; safe to print
 * @param pycachePrefix {@code sys.pycache_prefix}, absolute
 * @param builtIn the modules that are built in, which an import finds before it looks at any file
 * @param frozen the modules whose bytecode is frozen into the program, as paths without suffix; none where {@code -X
 *     frozen_modules=off} is set for it
 * @param facts where the interpreter lies and what it has loaded
 * @param path {@code sys.path} in order, without the current directory; an entry need not exist, and an entry for a path
 *     hook need not be a path
 */
public record PythonEnvironment(
        RawPath executable,
        RawPath program,
        KnownInterpreter interpreter,
        String version,
        Optional<RawPath> pycachePrefix,
        List<RawPath> builtIn,
        List<RawPath> frozen,
        InterpreterFacts facts,
        List<RawPath> path) {

    public PythonEnvironment {
        builtIn = List.copyOf(builtIn);
        frozen = List.copyOf(frozen);
        path = List.copyOf(path);
    }

    /** This answer with another {@code sys.path}. */
    public PythonEnvironment withPath(List<RawPath> other) {
        return new PythonEnvironment(
                executable, program, interpreter, version, pycachePrefix, builtIn, frozen, facts, other);
    }
}
