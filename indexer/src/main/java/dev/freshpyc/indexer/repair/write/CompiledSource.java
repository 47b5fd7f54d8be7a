package dev.freshpyc.indexer.repair.write;

import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.indexer.compile.CompileLimits;
import dev.freshpyc.indexer.compile.CompileOutcome.Compiled;
import dev.freshpyc.indexer.compile.CompileRequest;
import dev.freshpyc.indexer.compile.CompileVariant;
import dev.freshpyc.indexer.compile.WorkerPool;
import dev.freshpyc.indexer.interpreter.InterpreterLocator;
import dev.freshpyc.indexer.interpreter.InterpreterLocator.LocatedInterpreter;
import dev.freshpyc.indexer.interpreter.WantedInterpreter;
import dev.freshpyc.indexer.repair.change.Recompilation;
import dev.freshpyc.indexer.repair.write.OldCode.CodeComparison;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A source that was compiled for several pycs.
 *
 * @param wanted what the pycs are for
 * @param compiler the interpreter that compiled the source
 * @param limits the limits of that compilation
 * @param compiled the bodies that {@code compiler} made
 */
record CompiledSource(
        WantedInterpreter wanted,
        CompileRequest request,
        LocatedInterpreter compiler,
        CompileLimits limits,
        Compiled compiled) {

    Magic magic() {
        return compiler.interpreter().magic();
    }

    byte[] source() {
        return request.source();
    }

    /** The new body of a pyc. */
    byte[] body(Recompilation file) {
        return body(compiled, file.place().level());
    }

    /** Whether the name of a pyc does not tell its optimization level, and the levels have different bodies. */
    boolean isAmbiguous(Recompilation file) {
        return file.place().isOfAnyOptimization() && !Arrays.equals(body(file), body(compiled, OptimizationLevel.O2));
    }

    /**
     * Compares the old code of a pyc with the new code. Where the interpreter loads the old code, compares also with what other
     * variants of the interpreter compile: a repair must not undo the corrections of another release.
     */
    CodeComparison compare(OldCode old, Recompilation file, InterpreterLocator releases, WorkerPool workers)
            throws IOException, InterruptedException {
        CodeComparison found = compare(old, file, compiled);
        if (found != CodeComparison.DIFFERENT || !file.believed() || !file.mayBeEqual()) {
            return found;
        }
        CompileRequest levels =
                CompileRequest.of(request.name(), source(), file.place().possibleLevels());
        List<CompileVariant> others = CompileVariant.of(compiler)
                .others(releases.findReleases(wanted))
                .toList();
        for (CompileVariant other : others) {
            boolean isEqual = workers.compile(other.interpreter(), other.of(levels), limits) instanceof Compiled variant
                    && compare(old, file, variant) == CodeComparison.EQUAL;
            if (isEqual) {
                return CodeComparison.EQUAL;
            }
        }
        return found;
    }

    /** Compares old code with the new code of each level that the pyc's name allows. */
    private CodeComparison compare(OldCode old, Recompilation file, Compiled code) throws IOException {
        CodeComparison found = CodeComparison.DIFFERENT;
        for (OptimizationLevel level : file.place().possibleLevels()) {
            if (found == CodeComparison.DIFFERENT) {
                found = old.compare(file, magic(), request.name(), body(code, level));
            }
        }
        return found;
    }

    private static byte[] body(Compiled code, OptimizationLevel level) {
        return Objects.requireNonNull(code.bodies().get(level));
    }
}
