package dev.freshpyc.core.verdict;

import static dev.freshpyc.core.verdict.InterpreterAnswer.FAILS;
import static dev.freshpyc.core.verdict.InterpreterAnswer.IGNORES;
import static dev.freshpyc.core.verdict.InterpreterAnswer.LOADS;
import static dev.freshpyc.core.verdict.InterpreterAnswer.RECOMPILES;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.observe.Observation;
import dev.freshpyc.core.observe.Observation.LinkEnd;
import dev.freshpyc.core.observe.Observation.Placement;
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
    private final ArchiveJudge archived;

    public Classifier(HashChecks checks, RacyWindow window, LegacyReader legacy) {
        this.legacy = legacy;
        this.cached = new PycacheJudge(checks, window);
        this.archived = new ArchiveJudge(checks, legacy);
    }

    public Verdict classify(Observation seen) {
        @Nullable Reason unreached = seen.pyc() instanceof PycState.Absent ? null : unreached(seen.placement());
        if (unreached != null) {
            return ignored(unreachedKind(seen.placement()), unreached);
        }
        if (seen.placement() == Placement.ARCHIVE || seen.placement() == Placement.ARCHIVE_FIRST) {
            return archived.judge(seen);
        }
        return switch (seen.pyc()) {
            case PycState.Damaged _, PycState.OtherMethod _ ->
                throw new IllegalArgumentException("only members of archives are unpacked");
            case PycState.Absent _ -> Verdict.recompiles(Kind.MISSING, Reason.ABSENT, null);
            case PycState.NotAFile _ -> unopened(seen, Reason.NOT_A_FILE, null);
            case PycState.Directory _ -> unopened(seen, Reason.NOT_A_FILE, RECOMPILES);
            case PycState.Unreadable(var errno) -> unopened(seen, Reason.of(errno), RECOMPILES);
            case PycState.LinkToNoFile(LinkEnd end) -> behindLinkToNoFile(seen, end);
            case PycState.Read pyc -> read(seen, pyc);
        };
    }

    /** The verdict on a link that leads to no file: the import compiles the source, and its new file replaces the link. */
    private Verdict behindLinkToNoFile(Observation seen, LinkEnd end) {
        boolean cache =
                seen.placement() == Placement.CACHE || (isLegacy(seen.placement()) && legacy.cachesBesideSource());
        return cache && seen.source() instanceof SourceState.Present
                ? Verdict.recompiles(Kind.MALFORMED, reason(end), null)
                : unopened(seen, Reason.of(errno(end)), RECOMPILES);
    }

    private static boolean isLegacy(Placement placement) {
        return placement == Placement.LEGACY || placement == Placement.LEGACY_OPTIMIZED;
    }

    private static Reason reason(LinkEnd end) {
        return switch (end) {
            case NOTHING -> Reason.DANGLING_LINK;
            case LOOP -> Reason.LOOPING_LINK;
            case DIRECTORY -> Reason.DIRECTORY_LINK;
        };
    }

    /** The error of an interpreter that opens such a link and reads from it. */
    private static Errno errno(LinkEnd end) {
        return switch (end) {
            case NOTHING -> Errno.ENOENT;
            case LOOP -> Errno.ELOOP;
            case DIRECTORY -> Errno.EISDIR;
        };
    }

    /** Why no import looks at a file in such a place; null where imports do. A file that nobody looks at needs no reading. */
    private static @Nullable Reason unreached(Placement placement) {
        return switch (placement) {
            case CACHE, LEGACY, LEGACY_OPTIMIZED, ARCHIVE, ARCHIVE_FIRST -> null;
            case OUTSIDE_PACKAGE -> Reason.NO_PACKAGE;
            case BYPASSED -> Reason.CACHE_PREFIX;
            case UNTAGGED -> Reason.NO_TAG;
            case OF_TOOL -> Reason.OTHER_TOOL;
            case UNREQUESTED -> Reason.UNREQUESTED_NAME;
            case HIDDEN_BY_PACKAGE -> Reason.PACKAGE_BESIDE;
            case HIDDEN_BY_EXTENSION -> Reason.EXTENSION_BESIDE;
            case HIDDEN_BY_MODULE -> Reason.MODULE_BESIDE;
            case HIDDEN_BY_ENTRY -> Reason.OTHER_ENTRY;
            case BUILT_IN -> Reason.BUILT_IN;
            case FROZEN -> Reason.FROZEN;
        };
    }

    private static Kind unreachedKind(Placement placement) {
        return switch (placement) {
            case UNTAGGED, UNREQUESTED -> Kind.ORPHANED;
            case OF_TOOL -> Kind.OTHER_TOOL;
            case CACHE,
                    LEGACY,
                    LEGACY_OPTIMIZED,
                    ARCHIVE,
                    ARCHIVE_FIRST,
                    OUTSIDE_PACKAGE,
                    BYPASSED,
                    HIDDEN_BY_PACKAGE,
                    HIDDEN_BY_EXTENSION,
                    HIDDEN_BY_MODULE,
                    HIDDEN_BY_ENTRY,
                    BUILT_IN,
                    FROZEN -> Kind.SHADOWED;
        };
    }

    /**
     * The verdict on a file that was not opened. With a source, {@code _bootstrap_external} swallows the error and
     * compiles the source; without a source, the error ends the import.
     */
    private Verdict unopened(Observation seen, Reason reason, @Nullable InterpreterAnswer withSource) {
        boolean source = seen.source() instanceof SourceState.Present;
        return switch (seen.placement()) {
            case LEGACY -> legacyUnopened(source, seen.pyc(), reason, withSource);
            case LEGACY_OPTIMIZED ->
                legacy.readsOptimized(Optional.empty())
                        ? legacyUnopened(source, seen.pyc(), reason, withSource)
                        : ignored(Kind.ORPHANED, Reason.UNREQUESTED_NAME);
            default ->
                source
                        ? new Verdict(Kind.UNREADABLE, withSource, reason, null)
                        : withoutSource(
                                seen.source(),
                                ignored(
                                        Kind.ORPHANED,
                                        seen.pyc() instanceof PycState.Directory ? reason : Reason.NO_SOURCE));
        };
    }

    /**
     * The verdict on a legacy file that was not opened. Beside a source, Python 2.7 reads the file as its cache. Without a source, the
     * import passes over a name that leads to no regular file ({@code _path_isfile}), such as a dangling link; Python 2.7 opens
     * whatever has the name, even a directory, and fails.
     */
    private Verdict legacyUnopened(
            boolean source, PycState pyc, Reason reason, @Nullable InterpreterAnswer withSource) {
        if (source) {
            return legacy.cachesBesideSource()
                    ? new Verdict(Kind.UNREADABLE, withSource, reason, null)
                    : ignored(Kind.SHADOWED, Reason.SOURCE_BESIDE);
        }
        boolean passedOver = switch (pyc) {
            case PycState.Unreadable(var errno) -> errno.isAbsence();
            case PycState.NotAFile _, PycState.Directory _ -> !legacy.opensAnyFile();
            case PycState.LinkToNoFile(LinkEnd end) -> end != LinkEnd.DIRECTORY || !legacy.opensAnyFile();
            case PycState.Absent _, PycState.Damaged _, PycState.OtherMethod _, PycState.Read _ -> false;
        };
        return passedOver ? ignored(Kind.ORPHANED, reason) : new Verdict(Kind.UNREADABLE, FAILS, reason, null);
    }

    private Verdict read(Observation seen, PycState.Read pyc) {
        return switch (seen.placement()) {
            case LEGACY -> legacy(seen, pyc);
            case LEGACY_OPTIMIZED ->
                legacy.readsOptimized(Optional.of(new Magic(pyc.magic())))
                        ? legacy(seen, pyc)
                        : ignored(Kind.ORPHANED, Reason.UNREQUESTED_NAME);
            default -> inCache(seen, pyc);
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
            case SourceState.Directory(var stamp) -> besideDirectory(stamp, pyc, magic, seen.takenAtNanos());
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

    /**
     * The verdict on a legacy file beside a directory with the source's name. Python 2.7 compares the file with the directory's mtime,
     * and fails where they differ, since nothing can be compiled.
     */
    private Verdict besideDirectory(FileStamp directory, PycState.Read pyc, Magic magic, long takenAtNanos) {
        if (!legacy.opensAnyFile(magic)) {
            return sourceless(pyc, magic);
        }
        Verdict compared = besideSource(SourceState.present(directory), pyc, magic, takenAtNanos);
        return compared.interpreter() == LOADS ? sourceless(pyc, magic) : Verdict.unreadable(FAILS, Errno.EISDIR);
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
