package dev.freshpyc.indexer.prove;

import dev.freshpyc.core.marshal.CodeDigest;
import dev.freshpyc.core.marshal.CodeDigester;
import dev.freshpyc.core.observe.Observation.SourceState;
import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.core.record.HeaderBytes;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.compile.CompileOutcome;
import dev.freshpyc.indexer.compile.CompileRequest;
import dev.freshpyc.indexer.compile.CompileVariant;
import dev.freshpyc.indexer.interpreter.InterpreterLocator.LocatedInterpreter;
import dev.freshpyc.indexer.interpreter.WantedInterpreter;
import dev.freshpyc.indexer.prove.BodyComparison.ComparisonResult.Different;
import dev.freshpyc.indexer.prove.BodyComparison.ComparisonResult.Equal;
import dev.freshpyc.indexer.prove.BodyComparison.ComparisonResult.Unknown;
import dev.freshpyc.indexer.scan.Sighting;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Compares the code of a pyc with the code that the pyc's interpreter makes of the source. Belongs to one worker of a scan, which
 * waits for the compiler.
 */
final class BodyComparison {

    /** The name of a member of an archive does not tell the level that it was compiled at. */
    private static final List<OptimizationLevel> LEVELS =
            List.of(OptimizationLevel.NONE, OptimizationLevel.O1, OptimizationLevel.O2);

    private final Compilers compilers;
    private final PairReader reader = new PairReader();
    private final CodeDigester digester = new CodeDigester();

    BodyComparison(Compilers compilers) {
        this.compilers = compilers;
    }

    /** Why code could not be compared. */
    enum Obstacle {
        CHANGING("changing or unreadable"),
        TOO_LARGE("too large for the memory of this process"),
        NO_CODE("no code that can be compared"),
        NO_INTERPRETER("no interpreter"),
        LEVEL("a level that no interpreter has"),
        OTHER_LEVEL("the code of another level of optimization"),
        DOES_NOT_COMPILE("the source does not compile");

        private final String words;

        Obstacle(String words) {
            this.words = words;
        }
    }

    /** What a comparison shows. */
    sealed interface ComparisonResult {

        /** Whether the body was read to its end and is code. */
        boolean hasReadBody();

        /** Whether an interpreter makes the code of the source, at this level or at another one. */
        default boolean isOfSource() {
            return switch (this) {
                case Equal _ -> true;
                case Different _ -> false;
                case Unknown unknown -> unknown.obstacle == Obstacle.OTHER_LEVEL;
            };
        }

        /** The interpreter makes the same code of the source. */
        record Equal() implements ComparisonResult {
            @Override
            public boolean hasReadBody() {
                return true;
            }
        }

        /** The interpreter makes other code of the source. */
        record Different() implements ComparisonResult {
            @Override
            public boolean hasReadBody() {
                return true;
            }
        }

        /**
         * Nothing could be compared.
         *
         * @param detail the interpreter that is missing; empty for other obstacles
         */
        record Unknown(Obstacle obstacle, String detail) implements ComparisonResult {

            Unknown(Obstacle obstacle) {
                this(obstacle, "");
            }

            @Override
            public boolean hasReadBody() {
                return obstacle != Obstacle.CHANGING && obstacle != Obstacle.TOO_LARGE && obstacle != Obstacle.NO_CODE;
            }

            /** The obstacle in words. */
            String words() {
                return detail.isEmpty() ? obstacle.words : obstacle.words + " for " + detail;
            }
        }
    }

    /** Reads both files, as {@link PairReader} does. */
    Optional<PairContents> read(Sighting sighting, HeaderBytes head) {
        return reader.read(sighting, head);
    }

    /** Why {@link #read} read nothing. */
    static Unknown unread(Sighting sighting) {
        return new Unknown(PairReader.isTooLarge(sighting) ? Obstacle.TOO_LARGE : Obstacle.CHANGING);
    }

    /**
     * Compiles the source and compares. Other code accuses a pyc that the interpreter loads or that evidence vouches for, so such a pyc is
     * called different only if its code was made in none of the ways that are at hand ({@link CompileVariant}).
     *
     * @param verdict on the pyc before the comparison
     */
    ComparisonResult compare(Sighting sighting, PairContents read, Verdict verdict) {
        Optional<CodeDigest> code = digester.digest(read.pyc(), read.bodyAt(), sighting.tag(), read.magic());
        if (code.isEmpty()) {
            return new Unknown(Obstacle.NO_CODE);
        }
        WantedInterpreter wanted = WantedInterpreter.ofPyc(sighting.tag(), read.head());
        Optional<LocatedInterpreter> interpreter = compilers.interpreters().find(wanted);
        if (interpreter.isEmpty()) {
            return new Unknown(Obstacle.NO_INTERPRETER, wanted.toString());
        }
        if (!CompileRequest.canMake(sighting.level())) {
            return new Unknown(Obstacle.LEVEL);
        }
        CompileVariant usual = CompileVariant.of(interpreter.get());
        ComparisonResult first = compare(sighting, read, code.get(), usual);
        if (!verdict.isBelieved() || !(first instanceof Different)) {
            return first;
        }
        return usual.others(compilers.interpreters().findReleases(wanted))
                .map(variant -> compare(sighting, read, code.get(), variant))
                .filter(ComparisonResult::isOfSource)
                .findFirst()
                .orElse(first);
    }

    private ComparisonResult compare(Sighting sighting, PairContents read, CodeDigest code, CompileVariant variant) {
        List<OptimizationLevel> levels = sighting.members().isPresent() ? LEVELS : List.of(sighting.level());
        Optional<CompileOutcome.Compiled> compiled = compile(variant, code, read, levels);
        if (compiled.isEmpty()) {
            return new Unknown(Obstacle.DOES_NOT_COMPILE);
        }
        if (!isUnchanged(sighting)) {
            return new Unknown(Obstacle.CHANGING);
        }
        for (OptimizationLevel level : levels) {
            byte[] body = Objects.requireNonNull(compiled.get().bodies().get(level));
            boolean equal = Arrays.equals(body, 0, body.length, read.pyc(), read.bodyAt(), read.pyc().length)
                    || digester.digest(body, 0, sighting.tag(), read.magic()).equals(Optional.of(code));
            if (equal) {
                return level.equals(sighting.level()) ? new Equal() : new Unknown(Obstacle.OTHER_LEVEL);
            }
        }
        return new Different();
    }

    private Optional<CompileOutcome.Compiled> compile(
            CompileVariant variant, CodeDigest code, PairContents read, List<OptimizationLevel> levels) {
        try {
            CompileRequest request = CompileRequest.of(code.fileName(), read.source(), levels);
            return compilers.workers().compile(variant.interpreter(), variant.of(request))
                            instanceof CompileOutcome.Compiled compiled
                    ? Optional.of(compiled)
                    : Optional.empty();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static boolean isUnchanged(Sighting sighting) {
        return sighting.sourceState() instanceof SourceState.Present present
                && sighting.sourceStampNow().equals(Optional.of(present.stamp()));
    }
}
