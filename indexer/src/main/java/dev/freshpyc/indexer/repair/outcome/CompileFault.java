package dev.freshpyc.indexer.repair.outcome;

import dev.freshpyc.core.outcome.Outcome.Effect;
import dev.freshpyc.core.plan.SkipReason;
import dev.freshpyc.indexer.compile.CompileLimits;
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
            case CompileOutcome.TooLarge(int limit) -> notCompiled(largeSource(limit));
            case CompileOutcome.BodyTooLarge(int limit) ->
                notCompiled("its bytecode is larger than " + limit / 4 * 3 + " bytes"
                        + remedy(limit < CompileLimits.DEFAULT.reply()));
            case CompileOutcome.TimedOut late ->
                notCompiled("not compiled within " + late.limit().toSeconds() + " s");
            case CompileOutcome.Crashed crash -> notCompiled("the interpreter crashed with status " + crash.status());
            case CompileOutcome.Garbled garbled -> notCompiled(garbled.reason());
            case CompileOutcome.Unstartable none -> new Effect.Failed(SkipReason.NO_INTERPRETER, none.reason());
        };
    }

    /** Says that a source has more bytes than {@code limit}, and what the user can do. */
    public static String largeSource(int limit) {
        return "its source is larger than " + limit + " bytes" + remedy(limit < CompileLimits.DEFAULT.source());
    }

    /** @param grows whether the limit grows with the memory of this process */
    private static String remedy(boolean grows) {
        return ": "
                + (grows
                        ? "raise -Xmx, which sets this limit, in the file lib/java.options of this installation, or "
                        : "")
                + "compile it with its own interpreter, 'python -m compileall FILE'";
    }

    private static Effect notCompiled(String detail) {
        return new Effect.Failed(SkipReason.NOT_COMPILED, detail);
    }
}
