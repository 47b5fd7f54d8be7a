package dev.freshpyc.core.verdict;

import static dev.freshpyc.core.verdict.InterpreterAnswer.FAILS;
import static dev.freshpyc.core.verdict.InterpreterAnswer.IGNORES;
import static dev.freshpyc.core.verdict.InterpreterAnswer.LOADS;
import static dev.freshpyc.core.verdict.InterpreterAnswer.RECOMPILES;

import dev.freshpyc.core.observe.Observation;
import dev.freshpyc.core.observe.Observation.PycState;
import dev.freshpyc.core.observe.Observation.SourceState;
import dev.freshpyc.core.pyc.CacheTag;
import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.core.pyc.PycFormat;
import dev.freshpyc.core.pyc.PythonVersion;
import dev.freshpyc.core.verdict.Verdict.Kind;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns an observation into a verdict: a pure function that reads no clock and no file. The steps follow {@code
 * importlib._bootstrap_external.SourceLoader.get_code} and {@code SourcelessFileLoader.get_code}.
 */
public final class Classifier {

    private final LegacyReader legacy;
    private final PycacheJudge cached;

    public Classifier(HashChecks checks, RacyWindow window, LegacyReader legacy) {
        this.legacy = legacy;
        this.cached = new PycacheJudge(checks, window);
    }

    public Verdict classify(Observation seen) {
        return switch (seen.pyc()) {
            case PycState.Absent _ -> Verdict.recompiles(Kind.MISSING, Reason.ABSENT, null);
            case PycState.NotAFile _ -> unopened(seen, Reason.NOT_A_FILE, null, IGNORES);
            case PycState.Unreadable(var errno) -> unopened(seen, Reason.of(errno), RECOMPILES, FAILS);
            case PycState.Read pyc -> read(seen, pyc);
        };
    }

    /**
     * The verdict on a file that was not opened. With a source, {@code _bootstrap_external} swallows the error and
     * compiles the source; without a source, the error ends the import. A file in a place that no interpreter looks at
     * needs no reading.
     */
    private Verdict unopened(
            Observation seen, Reason reason, @Nullable InterpreterAnswer withSource, InterpreterAnswer withoutSource) {
        boolean source = seen.source() instanceof SourceState.Present;
        return switch (seen.placement()) {
            case BYPASSED -> ignored(Kind.SHADOWED, Reason.CACHE_PREFIX);
            case UNTAGGED -> ignored(Kind.ORPHANED, Reason.NO_TAG);
            case OF_TOOL -> ignored(Kind.OTHER_TOOL, Reason.OTHER_TOOL);
            case UNREQUESTED -> ignored(Kind.ORPHANED, Reason.UNREQUESTED_NAME);
            case HIDDEN_BY_PACKAGE -> ignored(Kind.SHADOWED, Reason.PACKAGE_BESIDE);
            case HIDDEN_BY_EXTENSION -> ignored(Kind.SHADOWED, Reason.EXTENSION_BESIDE);
            case CACHE ->
                source
                        ? new Verdict(Kind.UNREADABLE, withSource, reason, null)
                        : withoutSource(seen.source(), ignored(Kind.ORPHANED, Reason.NO_SOURCE));
            case LEGACY -> unopenedLegacy(source, reason, withoutSource);
            case LEGACY_OPTIMIZED ->
                legacy.readsOptimized(Optional.empty())
                        ? unopenedLegacy(source, reason, withoutSource)
                        : ignored(Kind.ORPHANED, Reason.UNREQUESTED_NAME);
        };
    }

    private static Verdict unopenedLegacy(boolean source, Reason reason, InterpreterAnswer withoutSource) {
        return source
                ? ignored(Kind.SHADOWED, Reason.SOURCE_BESIDE)
                : new Verdict(Kind.UNREADABLE, withoutSource, reason, null);
    }

    private Verdict read(Observation seen, PycState.Read pyc) {
        return switch (seen.placement()) {
            case BYPASSED -> ignored(Kind.SHADOWED, Reason.CACHE_PREFIX);
            case UNTAGGED -> ignored(Kind.ORPHANED, Reason.NO_TAG);
            case OF_TOOL -> ignored(Kind.OTHER_TOOL, Reason.OTHER_TOOL);
            case UNREQUESTED -> ignored(Kind.ORPHANED, Reason.UNREQUESTED_NAME);
            case HIDDEN_BY_PACKAGE -> ignored(Kind.SHADOWED, Reason.PACKAGE_BESIDE);
            case HIDDEN_BY_EXTENSION -> ignored(Kind.SHADOWED, Reason.EXTENSION_BESIDE);
            case CACHE -> inCache(seen, pyc);
            case LEGACY -> legacy(seen, pyc);
            case LEGACY_OPTIMIZED ->
                legacy.readsOptimized(Optional.of(new Magic(pyc.magic())))
                        ? legacy(seen, pyc)
                        : ignored(Kind.ORPHANED, Reason.UNREQUESTED_NAME);
        };
    }

    private Verdict inCache(Observation seen, PycState.Read pyc) {
        if (!(seen.source() instanceof SourceState.Present source)) {
            return withoutSource(seen.source(), ignored(Kind.ORPHANED, Reason.NO_SOURCE));
        }
        CacheTag tag = Objects.requireNonNull(seen.tag(), "a file in a cache has a tag");
        return tag.accepts(new Magic(pyc.magic()))
                ? cached.judge(source, pyc, tag.format(), seen.takenAtNanos())
                : FormatFault.wrongMagic(pyc, RECOMPILES);
    }

    private Verdict legacy(Observation seen, PycState.Read pyc) {
        Magic magic = new Magic(pyc.magic());
        return switch (seen.source()) {
            case SourceState.Present source -> besideSource(source, pyc, magic, seen.takenAtNanos());
            case SourceState.Absent _, SourceState.Unreachable _ ->
                withoutSource(seen.source(), sourceless(pyc, magic));
        };
    }

    private Verdict besideSource(SourceState.Present source, PycState.Read pyc, Magic magic, long takenAtNanos) {
        Optional<PythonVersion> reader = legacy.besideSource(magic);
        if (reader.isEmpty()) {
            return ignored(Kind.SHADOWED, Reason.SOURCE_BESIDE);
        }
        return legacy.accepts(reader.get(), magic)
                ? cached.judge(source, pyc, PycFormat.of(reader.get()), takenAtNanos)
                : FormatFault.wrongMagic(pyc, RECOMPILES);
    }

    private Verdict sourceless(PycState.Read pyc, Magic magic) {
        Optional<PythonVersion> reader = legacy.withoutSource(magic);
        if (reader.isEmpty() || !legacy.accepts(reader.get(), magic)) {
            return FormatFault.wrongMagic(pyc, FAILS);
        }
        @Nullable Verdict fault = FormatFault.ofHeader(pyc.header(), FAILS);
        if (fault != null) {
            return fault;
        }
        return FormatFault.ofBody(pyc.body(), new Verdict(Kind.SOURCELESS, LOADS, Reason.NO_SOURCE, Evidence.HEADER));
    }

    /**
     * Unless the source is known to be absent, a verdict that assumes its absence is not certain: an unreachable source
     * makes the file unreadable.
     */
    private static Verdict withoutSource(SourceState source, Verdict answer) {
        return source instanceof SourceState.Unreachable(var errno)
                ? Verdict.unreadable(answer.interpreter(), errno)
                : answer;
    }

    private static Verdict ignored(Kind kind, Reason reason) {
        return new Verdict(kind, IGNORES, reason, null);
    }
}
