package dev.freshpyc.indexer.audit;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.verdict.Verdict.Kind;
import dev.freshpyc.indexer.judge.VerdictCounts;
import java.util.Comparator;
import java.util.List;

/**
 * The findings of one directory.
 *
 * @param path relative to the entry
 * @param recompiledBytes bytes of source that are compiled at every start, counted once for each tag and level
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
