package dev.freshpyc.core.outcome;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.plan.RemovalReason;
import dev.freshpyc.core.plan.SkipReason;
import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.core.verdict.Evidence;
import dev.freshpyc.core.verdict.Verdict;
import java.util.Comparator;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What became of one file in a refresh, a repair, a clean or an undo. Summaries, JSON lines and the index's records are made from
 * outcomes and from nothing else.
 *
 * @param entry the path entry that the file was found below
 * @param source relative to the entry; null where there is none
 * @param pyc relative to the entry, or absolute under a cache prefix; null for an outcome that concerns the source alone
 * @param tag null for a legacy file and for a source
 * @param shownEntry what reports show before the path of a file: the path of the entry, or {@code lib/a.zip!/} for an
 *     archive
 */
public record Outcome(
        RawPath entry,
        @Nullable RawPath source,
        @Nullable RawPath pyc,
        @Nullable String tag,
        OptimizationLevel level,
        Effect effect,
        RawPath shownEntry) {

    /** Orders outcomes by entry and path, so that every run lists the same files in the same order. */
    public static final Comparator<Outcome> BY_PATH = Comparator.comparing(Outcome::entry)
            .thenComparing(Outcome::path)
            .thenComparing(outcome -> outcome.level.name());

    /** The outcome of a file below a directory. */
    public Outcome(
            RawPath entry,
            @Nullable RawPath source,
            @Nullable RawPath pyc,
            @Nullable String tag,
            OptimizationLevel level,
            Effect effect) {
        this(entry, source, pyc, tag, level, effect, entry);
    }

    /** The whole path of the pyc or of the source, as reports show it. */
    public RawPath shownPath() {
        return shownEntry.locate(path());
    }

    /** The whole path of the source, as reports show it; the entry where there is no source. */
    public RawPath shownSource() {
        return shownEntry.locate(source != null ? source : RawPath.EMPTY);
    }

    /** The pyc; the source of an outcome that concerns the source alone. */
    public RawPath path() {
        return pyc != null ? pyc : source != null ? source : RawPath.EMPTY;
    }

    /** What was done with the file, or why nothing was. */
    public sealed interface Effect {

        /**
         * The index holds the file with this verdict.
         *
         * @param reused whether the verdict is that of an earlier run, since neither file has changed
         */
        record Recorded(Verdict verdict, boolean reused) implements Effect {}

        /**
         * A new header was written over the unchanged body.
         *
         * @param evidence why the body counts as compiled from the source
         * @param packaged whether a package's manifest lists a digest of the file, which the file no longer has
         */
        record Restamped(Evidence evidence, boolean packaged) implements Effect {}

        /**
         * The whole file was compiled from its source and written.
         *
         * @param packaged whether a package's manifest lists a digest of the file, which the file no longer has
         */
        record Recompiled(boolean packaged) implements Effect {}

        /**
         * Of a plan only: the source will be compiled, and the file is written whole unless its code turns out equal; then at most
         * its header is written.
         */
        record Compared() implements Effect {}

        /** The source got this mtime, in seconds since 1970. */
        record SourceTimeSet(long seconds) implements Effect {}

        /** An undo gave the file the bytes and the times back that it had before a repair. */
        record PutBack() implements Effect {}

        /** An undo removed a file that a repair had made. */
        record Removed() implements Effect {}

        /**
         * A clean removed the file; an undo can put the file back.
         *
         * @param bytes the size of the file
         * @param packaged whether a package's manifest lists a digest of the file
         */
        record Cleaned(RemovalReason reason, long bytes, boolean packaged) implements Effect {}

        /** A clean removed a directory that was empty then; {@code pyc} is the path of the directory. */
        record DirectoryCleaned() implements Effect {}

        /** Nothing was done, and nothing is wrong: the file is as wanted, or the run does not concern it. */
        record Skipped(SkipReason reason) implements Effect {}

        /** The file was left, though the run would have changed or removed it: {@code record} lists its digest. */
        record Kept(RawPath record) implements Effect {}

        /**
         * The lines of changed files in a wheel's RECORD were brought up to date; {@code pyc} is the path of the RECORD.
         *
         * @param lines how many
         * @param undecided in a plan: how many more lines may change, depending on the result of compilations
         */
        record RecordUpdated(long lines, long undecided) implements Effect {}

        /**
         * The file is not as wanted, and the run could not help.
         *
         * @param detail a system's or a compiler's own message; empty for none
         */
        record Failed(SkipReason reason, String detail) implements Effect {}

        /**
         * The source does not compile.
         *
         * @param line where the compiler stopped, from 1
         * @param otherCodeLoads whether the interpreter loads the pyc nevertheless, and so runs code that is not the source's
         */
        record DoesNotCompile(OptionalInt line, String message, boolean otherCodeLoads) implements Effect {}
    }
}
