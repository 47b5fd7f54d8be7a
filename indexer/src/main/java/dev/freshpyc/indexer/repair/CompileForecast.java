package dev.freshpyc.indexer.repair;

import dev.freshpyc.core.outcome.Outcome.Effect;
import dev.freshpyc.core.plan.SkipReason;
import dev.freshpyc.indexer.compile.CompileMemory;
import dev.freshpyc.indexer.compile.CompileRequest;
import dev.freshpyc.indexer.interpreter.InterpreterLocator;
import dev.freshpyc.indexer.repair.change.Recompilation;
import dev.freshpyc.indexer.repair.change.UncompiledSource;
import dev.freshpyc.indexer.repair.change.UncompiledSource.Attempt;
import dev.freshpyc.indexer.repair.outcome.CompileFault;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells, without compiling, which pycs cannot be compiled. */
final class CompileForecast {

    private final InterpreterLocator interpreters;
    private final Map<Attempt, UncompiledSource> uncompiled;
    private final int largestSource = CompileMemory.ofThisProcess().largestSource();

    /** @param uncompiled the sources that an earlier run could not compile */
    CompileForecast(InterpreterLocator interpreters, Map<Attempt, UncompiledSource> uncompiled) {
        this.interpreters = interpreters;
        this.uncompiled = uncompiled;
    }

    /** The outcome of a pyc that cannot be compiled; empty for any other. */
    Optional<Effect> failure(Recompilation file) {
        if (interpreters.find(file.compiler()).isEmpty()) {
            return failed(SkipReason.NO_INTERPRETER, interpreters.explainAbsence(file.compiler()));
        }
        if (!CompileRequest.canMake(file.place().level())) {
            return failed(SkipReason.NOT_COMPILED, "no interpreter has this optimization level");
        }
        if (file.sourceStamp().size() > largestSource) {
            return failed(SkipReason.NOT_COMPILED, CompileFault.largeSource(largestSource));
        }
        @Nullable UncompiledSource refused = uncompiled.get(Attempt.of(file));
        return refused == null ? Optional.empty() : Optional.of(refused.effect(file));
    }

    private static Optional<Effect> failed(SkipReason reason, String detail) {
        return Optional.of(new Effect.Failed(reason, detail));
    }
}
