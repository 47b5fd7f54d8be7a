package dev.freshpyc.indexer.repair.outcome;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.plan.SkipReason;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The outcomes of a repair or an undo, counted, with the first {@value OutcomeTally#MAX_LISTED} failures by name.
 *
 * @param seen pycs that were judged
 * @param restamped pycs whose header alone was written
 * @param recompiled pycs that were compiled and written whole
 * @param compared of a plan: pycs without a proof, which are compiled, and written whole unless their code is equal
 * @param sourceTimes sources whose mtime was set
 * @param packaged changed pycs whose digests stand in manifests of packages
 * @param records what became of the records themselves, and of files that were left for their sake
 * @param putBack files that an undo put back
 * @param removed files that an undo removed
 * @param skipped how many pycs were left as they are, by reason; {@code AS_WANTED} is among the reasons
 * @param unrepaired pycs that are not as wanted
 * @param sourceErrors sources that do not compile, each once; no failure of the repair
 * @param dated sources whose mtime is not 0 though the headers of their pycs say so
 * @param problems what went wrong beyond single files, a line each
 */
public record RepairSummary(
        long seen,
        long restamped,
        long recompiled,
        long compared,
        long sourceTimes,
        Packaged packaged,
        RecordSummary records,
        long putBack,
        long removed,
        Map<SkipReason, Long> skipped,
        List<Unrepaired> unrepaired,
        List<SourceError> sourceErrors,
        Dated dated,
        List<String> problems) {

    /**
     * Changed pycs whose digests stand in manifests of packages, so that a verification of the packages reports them.
     *
     * @param files the first paths, escaped for display
     */
    public record Packaged(long count, List<String> files) {

        /** Copies the list, sorted. */
        public Packaged {
            files = files.stream().sorted().toList();
        }
    }

    /**
     * A pyc that is not as wanted.
     *
     * @param place the path
     * @param detail the system's or the compiler's own message, escaped; empty for none
     */
    public record Unrepaired(RawPath place, SkipReason reason, String detail) {

        /** The path, escaped for display. */
        public String file() {
            return place.shown();
        }
    }

    /**
     * A source that does not compile.
     *
     * @param place the path
     * @param line where the compiler stopped, from 1
     * @param message the compiler's, escaped
     */
    public record SourceError(RawPath place, OptionalInt line, String message) {

        /** The path, escaped for display. */
        public String file() {
            return place.shown();
        }
    }

    /**
     * Sources whose mtime is not 0 though the headers of their pycs say so.
     *
     * @param sources the first {@value OutcomeTally#MAX_DATED}, sorted
     */
    public record Dated(long count, List<DatedSource> sources) {

        /** Copies the list. */
        public Dated {
            sources = List.copyOf(sources);
        }
    }

    /**
     * A source that its interpreter compiles until its mtime is 0.
     *
     * @param place the path
     * @param mtime in seconds since 1970
     * @param empty whether the source has no bytes: ostree leaves the mtime of such files
     */
    public record DatedSource(RawPath place, long mtime, boolean empty) {

        /** The path, escaped for display. */
        public String file() {
            return place.shown();
        }
    }

    /** Copies the collections. */
    public RepairSummary {
        skipped = skipped.isEmpty() ? Map.of() : new EnumMap<>(skipped);
        unrepaired = List.copyOf(unrepaired);
        sourceErrors = List.copyOf(sourceErrors);
        problems = List.copyOf(problems);
    }

    /** Whether the run changed any file, or would have. */
    public boolean changes() {
        return restamped + recompiled + compared + sourceTimes > 0;
    }
}
