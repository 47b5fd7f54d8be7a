package dev.freshpyc.indexer.audit;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.indexer.judge.VerdictCounts;
import dev.freshpyc.indexer.scan.PathEntry;
import java.util.List;
import java.util.Optional;

/**
 * The sums of one entry.
 *
 * @param refusal why the entry itself could not be opened
 * @param recompiledBytes bytes of source that are compiled at every start
 * @param costliest the directories with the worst findings, at most {@link EntryTally#KEPT_DIRECTORIES}
 * @param directories how many directories have findings
 */
public record EntryReport(
        PathEntry entry,
        Optional<Errno> refusal,
        VerdictCounts counts,
        long recompiledBytes,
        TimestampTrust timestamps,
        List<DirectoryReport> costliest,
        long directories) {}
