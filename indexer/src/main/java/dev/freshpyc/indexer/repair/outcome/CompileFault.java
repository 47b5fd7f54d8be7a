package dev.freshpyc.indexer.repair.outcome;

import dev.freshpyc.core.outcome.Outcome.Effect;
import dev.freshpyc.core.plan.SkipReason;
import dev.freshpyc.indexer.compile.CompileOutcome;

/** What a repair reports of a source that was not compiled. */
public final class CompileFault {

    private CompileFault() {}

    /**
     * The effect to report.
     *
     * @param believed whether the interpreter takes the old bytecode for valid
     */
    public static Effect effect(CompileOutcome outcome, boolean believed) {
        return switch (outcome) {
            case CompileOutcome.Compiled _ -> throw new IllegalArgumentException("the source was compiled");
            case CompileOutcome.SyntaxFault fault -> new Effect.DoesNotCompile(fault.line(), fault.message(), believed);
            case CompileOutcome.Refused refused -> notCompiled(refused.exception() + ": " + refused.message());
            case CompileOutcome.TooLarge(int limit) -> notCompiled(tooLarge("its source", limit));
            case CompileOutcome.BodyTooLarge(int limit) -> notCompiled(tooLarge("its bytecode", limit / 4 * 3));
            case CompileOutcome.TimedOut late ->
                notCompiled("not compiled within " + late.limit().toSeconds() + " s");
            case CompileOutcome.Crashed crash -> notCompiled("the interpreter crashed with status " + crash.status());
            case CompileOutcome.Garbled garbled -> notCompiled(garbled.reason());
            case CompileOutcome.Unstartable none -> new Effect.Failed(SkipReason.NO_INTERPRETER, none.reason());
        };
    }

    /** Says that a file has too many bytes. */
    public static String tooLarge(String what, int limit) {
        return what + " is larger than " + limit + " bytes";
    }

    private static Effect notCompiled(String detail) {
        return new Effect.Failed(SkipReason.NOT_COMPILED, detail);
    }
}
