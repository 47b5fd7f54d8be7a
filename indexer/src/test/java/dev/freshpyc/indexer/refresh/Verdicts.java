package dev.freshpyc.indexer.refresh;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.judge.Judge;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.ScanVisitor;
import dev.freshpyc.indexer.scan.Sighting;
import java.util.Map;

/** Collects the verdict on each source, followed by its evidence where there is evidence: {@code stale header}. */
record Verdicts(Judge judge, Map<String, String> verdicts) implements ScanVisitor {

    @Override
    public void saw(Sighting sighting) {
        Verdict verdict = judge.judge(sighting);
        String evidence =
                verdict.evidence() == null ? "" : " " + verdict.evidence().label();
        verdicts.put(
                sighting.sourceKey().orElseThrow().toPython(), verdict.kind().label() + evidence);
    }

    @Override
    public void refused(PathEntry entry, RawPath directory, Errno errno) {
        verdicts.put(directory.toPython(), errno.toString());
    }

    @Override
    public void finished(PathEntry entry, RawPath directory) {}
}
