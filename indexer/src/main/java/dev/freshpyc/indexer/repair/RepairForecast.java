package dev.freshpyc.indexer.repair;

import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.observe.Observation.SourceState;
import dev.freshpyc.core.outcome.Outcome.Effect;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.plan.SkipReason;
import dev.freshpyc.core.pyc.KnownInterpreter;
import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.interpreter.InterpreterLocator;
import dev.freshpyc.indexer.interpreter.WantedInterpreter;
import dev.freshpyc.indexer.judge.AskedReader;
import dev.freshpyc.indexer.repair.archive.ArchivePlans;
import dev.freshpyc.indexer.repair.change.Recompilation;
import dev.freshpyc.indexer.repair.plan.PlanObstacles;
import dev.freshpyc.indexer.repair.record.UncompiledSources;
import dev.freshpyc.indexer.scan.Sighting;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells why a repair leaves one bytecode file that is not as wanted, without a plan of the whole tree. Belongs to one thread. Of members
 * of archives, only whether their interpreter is at hand.
 */
public final class RepairForecast {

    private final Optional<KnownInterpreter> asked;
    private final InterpreterLocator interpreters;
    private final PlanObstacles obstacles;
    private final CompileForecast compilers;
    private final AskedReader reader;

    /**
     * A forecast of a repair without further options.
     *
     * @param asked the interpreter that the user asked about
     * @param root the root directory of the system that the files belong to; empty for this system
     * @param uncompiled the sources that earlier repairs could not compile; empty where nobody keeps them
     */
    public RepairForecast(
            Optional<KnownInterpreter> asked,
            Optional<RawPath> root,
            InterpreterLocator interpreters,
            Optional<UncompiledSources> uncompiled) {
        this.asked = asked;
        this.reader = new AskedReader(asked);
        this.interpreters = interpreters;
        this.obstacles = new PlanObstacles(root);
        this.compilers = new CompileForecast(
                interpreters, uncompiled.map(UncompiledSources::known).orElse(Map.of()));
    }

    /** Why a file stays as it is, in words; empty for a file that the repair writes, and for one that needs no repair. */
    public Optional<String> whyLeft(Sighting sighting, Verdict verdict) {
        return sighting.hasPyc() && isTried(verdict) && sighting.sourceState() instanceof SourceState.Present source
                ? left(sighting, verdict, source.stamp()).map(RepairForecast::words)
                : Optional.empty();
    }

    private Optional<Effect.Failed> leftMember(Sighting sighting, Verdict verdict) {
        WantedInterpreter compiler = ArchivePlans.compiler(sighting, verdict, asked);
        boolean compiled = verdict.kind() != Verdict.Kind.NEEDLESS;
        return compiled && interpreters.find(compiler).isEmpty()
                ? Optional.of(new Effect.Failed(SkipReason.NO_INTERPRETER, interpreters.explainAbsence(compiler)))
                : Optional.empty();
    }

    private Optional<? extends Effect> left(Sighting sighting, Verdict verdict, FileStamp source) {
        if (sighting.members().isPresent()) {
            return leftMember(sighting, verdict);
        }
        Optional<Effect.Failed> obstacle = obstacles.of(sighting, verdict, source);
        if (obstacle.isPresent() || verdict.kind() == Verdict.Kind.NEEDLESS) {
            return obstacle;
        }
        SourceRecord prior = new SourceRecord(source, null, List.of());
        if (verdict.isOfLinkToNoFile()) {
            return compilers.failure(Recompilation.ofMissing(sighting, source, reader.maker(sighting), prior));
        }
        Magic magic = new Magic((int) sighting.head().low());
        return compilers.failure(Recompilation.of(
                sighting, verdict, sighting.head(), false, source, reader.maker(sighting, magic), prior));
    }

    private static boolean isTried(Verdict verdict) {
        return switch (verdict.kind()) {
            case NEEDLESS, STALE, IMPOSTOR, FATAL, FOREIGN, MALFORMED -> true;
            case FRESH, ORPHANED, SOURCELESS, SHADOWED, OTHER_TOOL, MISSING, UNDECIDED, UNREADABLE -> false;
        };
    }

    private static String words(Effect effect) {
        return switch (effect) {
            case Effect.Failed failed ->
                failed.reason().label() + (failed.detail().isEmpty() ? "" : " (" + failed.detail() + ")");
            case Effect.DoesNotCompile fault -> "its source does not compile (" + fault.message() + ")";
            default -> throw new IllegalArgumentException("the file is not left: " + effect);
        };
    }
}
