package dev.freshpyc.indexer.repair.change;

import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.outcome.Outcome.Effect;
import dev.freshpyc.core.path.RawPath;
import java.util.OptionalInt;

/**
 * A source that an interpreter refused to compile: the same file under the same interpreter is refused again.
 *
 * @param line of the fault; empty where the interpreter names none
 */
public record UncompiledSource(Attempt attempt, OptionalInt line, String message) {

    /** How many sources are remembered; those of the last run go before older ones. */
    public static final int MOST = 10_000;

    /**
     * Which file was to be compiled by which interpreter.
     *
     * @param source absolute
     * @param interpreter what was asked of the interpreter: its tag, its magic number, or both
     */
    public record Attempt(RawPath source, FileStamp stamp, String interpreter) {

        /** The attempt to make a pyc. */
        public static Attempt of(Recompilation file) {
            return new Attempt(
                    file.place().entry().path().absolute().resolve(file.place().source()),
                    file.sourceStamp(),
                    file.compiler().toString());
        }
    }

    /** The source of a pyc that was not made. */
    public static UncompiledSource of(Recompilation file, Effect.DoesNotCompile fault) {
        return new UncompiledSource(Attempt.of(file), fault.line(), fault.message());
    }

    /** The outcome of another pyc that is to be made by the same attempt. */
    public Effect.DoesNotCompile effect(Recompilation file) {
        return new Effect.DoesNotCompile(line, message, file.believed());
    }
}
