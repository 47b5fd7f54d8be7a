package dev.freshpyc.indexer.audit;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.observe.Observation.Placement;
import dev.freshpyc.core.observe.Observation.PycState;
import dev.freshpyc.core.observe.Observation.SourceState;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.core.pyc.PycHeader;
import dev.freshpyc.core.pyc.PycPath;
import dev.freshpyc.core.verdict.InterpreterAnswer;
import dev.freshpyc.core.verdict.Reason;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.audit.Audit.AuditOptions;
import dev.freshpyc.indexer.audit.Audit.FindingSink;
import dev.freshpyc.indexer.audit.EntryReport.DirectoryReport;
import dev.freshpyc.indexer.judge.Judge;
import dev.freshpyc.indexer.judge.VerdictCounts;
import dev.freshpyc.indexer.progress.ProgressMeter;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.ScanVisitor;
import dev.freshpyc.indexer.scan.Sighting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Judges and counts the pycs that one worker sees. Fresh pycs, which are most, are only counted. */
final class AuditVisitor implements ScanVisitor {

    private final AuditOptions options;
    private final Judge judge;
    private final FindingSink sink;
    private final ProgressMeter progress;
    private final Map<PathEntry, EntryTally> tallies = new HashMap<>();

    private final List<Finding> findings = new ArrayList<>();
    private final List<Finding> shown = new ArrayList<>();
    private VerdictCounts directoryCounts = new VerdictCounts();

    /**
     * The sources of the directory that are compiled at every start. A source counts once, although its pycs may have
     * several tags and levels: a start needs only one of them.
     */
    private final Set<RawPath> recompiled = new HashSet<>();

    private long directoryBytes;
    private @Nullable EntryTally tally;

    AuditVisitor(AuditOptions options, FindingSink sink, ProgressMeter progress) {
        this.options = options;
        this.judge = options.judges().get();
        this.sink = sink;
        this.progress = progress;
    }

    @Override
    public void saw(Sighting sighting) {
        EntryTally entry = tally(sighting.entry());
        Verdict today = judge.judge(sighting);
        Verdict verdict = options.forecast().of(sighting, today);
        @Nullable Finding finding = VerdictCounts.isFinding(verdict.kind()) ? Finding.of(sighting, verdict) : null;
        boolean known = finding != null && options.known().test(finding);
        if (known) {
            entry.counts().addKnown();
        } else if (finding != null) {
            count(finding, entry.counts());
        } else {
            entry.counts().add(verdict);
        }
        if (Finding.isUnread(sighting, verdict)) {
            entry.counts().addUnreadBody(verdict.reason().equals(Reason.UNWALKED_BODY));
        }
        if (options.user().isPresent()
                && verdict.interpreter() == InterpreterAnswer.LOADS
                && sighting.placement() == Placement.CACHE) {
            sighting.obstacleFor(options.user().get()).ifPresent(entry::addUnreadable);
        }
        if (sighting.sourceState() instanceof SourceState.Present source) {
            FileStamp stamp = source.stamp();
            if (sighting.members().isPresent()) {
                entry.shifts().add(today, stamp, header(sighting));
            } else {
                entry.timestamps().add(today, stamp, () -> header(sighting));
            }
            if (verdict.interpreter() == InterpreterAnswer.RECOMPILES
                    && !known
                    && recompiled.add(sighting.source().orElseThrow())) {
                directoryBytes += stamp.size();
            }
        }
        if (finding != null && !known) {
            report(finding);
        } else if (finding == null && options.all()) {
            shown.add(Finding.of(sighting, verdict));
        }
    }

    @Override
    public void flawed(PathEntry.Archive entry, RawPath member, Verdict verdict) {
        @Nullable RawPath name = member.equals(RawPath.EMPTY) ? null : member;
        Finding finding = new Finding(entry, null, name, null, OptimizationLevel.NONE, verdict, null);
        if (options.known().test(finding)) {
            tally(entry).counts().addKnown();
            return;
        }
        count(finding, tally(entry).counts());
        report(finding);
    }

    private static void count(Finding finding, VerdictCounts counts) {
        counts.add(finding.verdict());
        if (finding.isBeyondRepair()) {
            counts.addWithoutSource();
        }
    }

    private void report(Finding finding) {
        directoryCounts.add(finding.verdict().kind());
        findings.add(finding);
        shown.add(finding);
    }

    @Override
    public void refused(PathEntry entry, RawPath directory, Errno errno) {
        EntryTally tally = tally(entry);
        if (directory.equals(RawPath.EMPTY)) {
            tally.refuse(errno);
            return;
        }
        Verdict verdict = Verdict.unreadable(null, errno);
        boolean cache = directory.name().equals(RawPath.of(PycPath.CACHE_DIRECTORY));
        Finding finding = new Finding(
                entry, cache ? null : directory, cache ? directory : null, null, OptimizationLevel.NONE, verdict, null);
        VerdictCounts one = new VerdictCounts();
        one.add(verdict.kind());
        tally.counts().add(one);
        tally.addDirectory(new DirectoryReport(directory, one, 0, List.of(finding)));
        sink.accept(List.of(finding));
    }

    @Override
    public void finished(PathEntry entry, RawPath directory) {
        progress.step();
        if (!shown.isEmpty()) {
            shown.sort(Finding.BY_PATH);
            sink.accept(shown);
            shown.clear();
        }
        if (findings.isEmpty()) {
            return;
        }
        findings.sort(Finding.BY_PATH);
        List<Finding> examples = List.copyOf(findings.subList(0, Math.min(findings.size(), DirectoryReport.EXAMPLES)));
        EntryTally tally = tally(entry);
        tally.addRecompiled(directoryBytes);
        tally.addDirectory(new DirectoryReport(directory, directoryCounts, directoryBytes, examples));
        findings.clear();
        directoryCounts = new VerdictCounts();
        recompiled.clear();
        directoryBytes = 0;
    }

    /** Adds what this worker counted to {@code sums}. */
    void addTo(Map<PathEntry, EntryTally> sums) {
        tallies.forEach((entry, tally) -> sums.merge(entry, tally, (sum, more) -> {
            sum.add(more);
            return sum;
        }));
    }

    private static PycHeader header(Sighting sighting) {
        return sighting.observation().pyc() instanceof PycState.Read pyc ? pyc.header() : new PycHeader.Cut(0);
    }

    private EntryTally tally(PathEntry entry) {
        EntryTally known = tally;
        if (known == null || !known.entry().equals(entry)) {
            known = tallies.computeIfAbsent(entry, _ -> new EntryTally(entry));
            tally = known;
        }
        return known;
    }
}
