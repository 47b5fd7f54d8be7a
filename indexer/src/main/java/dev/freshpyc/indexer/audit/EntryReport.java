package dev.freshpyc.indexer.audit;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.verdict.Verdict.Kind;
import dev.freshpyc.indexer.judge.TimestampTrust;
import dev.freshpyc.indexer.judge.VerdictCounts;
import dev.freshpyc.indexer.scan.PathEntry;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The sums of one entry.
 *
 * @param refusal why the entry itself could not be opened
 * @param recompiledBytes bytes of source that are compiled at every start; a source counts once, whatever its tags and levels
 * @param costliest the directories with the worst findings, at most {@link EntryTally#KEPT_DIRECTORIES}
 * @param directories how many directories have findings
 * @param unreadable the directories and files that keep the user of the audit from reading pycs that would load, each
 *     with the number of these pycs; the paths are spelled as those of pycs, and a directory above the entry is
 *     absolute
 * @param archiveTimes of an archive; empty for a directory, whose times are in {@code timestamps}
 */
public record EntryReport(
        PathEntry entry,
        Optional<Errno> refusal,
        VerdictCounts counts,
        long recompiledBytes,
        TimestampTrust timestamps,
        List<DirectoryReport> costliest,
        long directories,
        Map<RawPath, Long> unreadable,
        Optional<ArchiveTimes> archiveTimes) {

    /** The label of the files and directories in {@code unreadable}, in place of the label of a verdict. */
    public static final String UNREADABLE_LABEL = "unreadable-to-others";

    /**
     * The findings of one directory.
     *
     * @param path relative to the entry
     * @param recompiledBytes bytes of source that are compiled at every start; a source counts once
     * @param examples the first few findings by path
     */
    public record DirectoryReport(RawPath path, VerdictCounts counts, long recompiledBytes, List<Finding> examples) {

        /** How many findings of a directory are named. */
        static final int EXAMPLES = 3;

        /** Wrong code and failing imports before slow starts; among slow starts, the slowest first. */
        static final Comparator<DirectoryReport> COSTLIEST_FIRST = Comparator.comparingLong(DirectoryReport::dangers)
                .thenComparingLong(DirectoryReport::recompiledBytes)
                .thenComparingLong(report -> report.counts.findings())
                .reversed()
                .thenComparing(DirectoryReport::path);

        private long dangers() {
            return counts.of(Kind.IMPOSTOR) + counts.of(Kind.FATAL);
        }
    }
}
