package dev.freshpyc.indexer.audit;

import dev.freshpyc.core.observe.Observation.PycState;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.CacheTag;
import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.core.pyc.PycHeader;
import dev.freshpyc.core.verdict.InterpreterAnswer;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.scan.MemberPair;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.Sighting;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * One judged pyc, or a directory that could not be read.
 *
 * @param source relative to the entry; null where there is none
 * @param pyc relative to the entry, absolute under a cache prefix; null where there is none
 * @param tag null for a legacy file
 * @param header null where none was read
 * @param hider the file that imports find instead, relative to the entry, or absolute in another; null where no file hides the pyc
 * @param unread whether the interpreter loads the pyc, and the body was not read to its end
 * @param members the members of an archive; null for files
 */
public record Finding(
        PathEntry entry,
        @Nullable RawPath source,
        @Nullable RawPath pyc,
        @Nullable CacheTag tag,
        OptimizationLevel level,
        Verdict verdict,
        @Nullable PycHeader header,
        @Nullable RawPath hider,
        boolean unread,
        @Nullable MemberPair members) {

    /** Orders findings by path, so that every run lists a directory in the same order. */
    static final Comparator<Finding> BY_PATH =
            Comparator.comparing(Finding::path).thenComparing(finding -> finding.level.name());

    /** A finding that nothing hides. */
    Finding(
            PathEntry entry,
            @Nullable RawPath source,
            @Nullable RawPath pyc,
            @Nullable CacheTag tag,
            OptimizationLevel level,
            Verdict verdict,
            @Nullable PycHeader header) {
        this(entry, source, pyc, tag, level, verdict, header, null, false, null);
    }

    static Finding of(Sighting sighting, Verdict verdict) {
        return new Finding(
                sighting.entry(),
                sighting.source().orElse(null),
                sighting.pyc().orElse(null),
                sighting.tag(),
                sighting.level(),
                verdict,
                sighting.observation().pyc() instanceof PycState.Read read ? read.header() : null,
                verdict.interpreter() == InterpreterAnswer.IGNORES
                        ? sighting.hider().orElse(null)
                        : null,
                isUnread(sighting, verdict),
                sighting.members().orElse(null));
    }

    /** Whether imports fail on the file, and no source exists that could be compiled. */
    boolean isBeyondRepair() {
        return source == null
                && switch (verdict.kind()) {
                    case FATAL, FOREIGN, MALFORMED -> true;
                    case FRESH,
                            NEEDLESS,
                            STALE,
                            IMPOSTOR,
                            ORPHANED,
                            SOURCELESS,
                            SHADOWED,
                            OTHER_TOOL,
                            MISSING,
                            UNDECIDED,
                            UNREADABLE -> false;
                };
    }

    /** Whether a pyc loads by its header alone. */
    static boolean isUnread(Sighting sighting, Verdict verdict) {
        return verdict.interpreter() == InterpreterAnswer.LOADS
                && !sighting.facts().isBodyWhole();
    }

    /** The path for a user: relative to the entry, or {@code archive!/member}. */
    public RawPath shownPath() {
        RawPath path = path();
        return entry instanceof PathEntry.Archive archive && !path.equals(RawPath.EMPTY) ? archive.member(path) : path;
    }

    /** The whole path of the file; of a member, {@code archive!/member}. */
    public RawPath wholePath() {
        RawPath path = path();
        return entry instanceof PathEntry.Archive archive && path.equals(RawPath.EMPTY)
                ? archive.file()
                : entry.shownPath().locate(path);
    }

    /** The pyc; the source when the pyc is absent. */
    public RawPath path() {
        return pyc != null ? pyc : source != null ? source : RawPath.EMPTY;
    }
}
