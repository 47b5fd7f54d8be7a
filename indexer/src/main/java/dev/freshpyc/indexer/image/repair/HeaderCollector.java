package dev.freshpyc.indexer.image.repair;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.observe.Observation.PycState;
import dev.freshpyc.core.observe.Observation.SourceState;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.plan.RepairAction;
import dev.freshpyc.core.plan.RepairPolicy;
import dev.freshpyc.core.plan.SkipReason;
import dev.freshpyc.core.plan.TargetHeader;
import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.core.pyc.PycFormat;
import dev.freshpyc.core.pyc.PycHeader;
import dev.freshpyc.core.pyc.SourceHash;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.fs.FileContents;
import dev.freshpyc.indexer.image.ImageTree;
import dev.freshpyc.indexer.image.repair.ImageRepair.ImageRepairOptions;
import dev.freshpyc.indexer.image.repair.ImageRepair.LeftFile;
import dev.freshpyc.indexer.judge.Judge;
import dev.freshpyc.indexer.progress.ProgressMeter;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.ScanVisitor;
import dev.freshpyc.indexer.scan.Sighting;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Collects the new headers of the bytecode files that one worker sees. */
final class HeaderCollector implements ScanVisitor {

    private final ImageTree tree;
    private final TargetHeader target;
    private final RepairPolicy policy;
    private final Judge judge;
    private final Judge verifying;
    private final ProgressMeter progress;
    private final byte[] buffer = new byte[64 * 1024];
    private final Map<RawPath, PycHeader.Intact> headers = new HashMap<>();
    private final List<LeftFile> left = new ArrayList<>();
    private long seen;
    private long asWanted;

    HeaderCollector(ImageTree tree, ImageRepairOptions options, ProgressMeter progress) {
        this.tree = tree;
        this.target = options.target();
        this.policy = options.policy();
        this.judge = options.judges().get();
        this.verifying = options.verifying().get();
        this.progress = progress;
    }

    long seen() {
        return seen;
    }

    long asWanted() {
        return asWanted;
    }

    Map<RawPath, PycHeader.Intact> headers() {
        return headers;
    }

    List<LeftFile> left() {
        return left;
    }

    @Override
    public void saw(Sighting sighting) {
        seen++;
        Verdict verdict = judge.judge(sighting);
        if (!(sighting.sourceState() instanceof SourceState.Present source)
                || !(sighting.observation().pyc() instanceof PycState.Read pyc)) {
            withoutPair(sighting, verdict);
            return;
        }
        PycFormat format =
                PycFormat.of(sighting.tag(), new Magic((int) sighting.head().low()));
        RepairAction action = policy.plan(verdict, pyc.header(), format, source.stamp());
        if (action instanceof RepairAction.Recompile && verdict.isVerifiable()) {
            verdict = verifying.judge(sighting);
            action = policy.plan(verdict, pyc.header(), format, source.stamp());
        }
        switch (action) {
            case RepairAction.Leave _ -> asWanted++;
            case RepairAction.Report(SkipReason why) ->
                leave(
                        sighting,
                        why == SkipReason.UNDECIDED
                                ? why.label() + " (" + verdict.reason().label() + ")"
                                : why.label());
            case RepairAction.Recompile _ ->
                leave(sighting, verdict.kind().label() + ": compile it in the build of the image");
            case RepairAction.Restamp _ -> restamp(sighting, pyc.header(), format, source.stamp());
        }
    }

    private void withoutPair(Sighting sighting, Verdict verdict) {
        switch (verdict.kind()) {
            case ORPHANED, SOURCELESS, SHADOWED, OTHER_TOOL, MISSING, FRESH -> asWanted++;
            case NEEDLESS, STALE, IMPOSTOR, FATAL, FOREIGN, MALFORMED, UNDECIDED, UNREADABLE ->
                leave(sighting, verdict.kind().label() + " (" + verdict.reason().label() + ")");
        }
    }

    private void restamp(Sighting sighting, PycHeader header, PycFormat format, FileStamp source) {
        if (sighting.pycBehindLink().isPresent()) {
            leave(sighting, SkipReason.LINK.label());
            return;
        }
        if (!(header instanceof PycHeader.Intact intact)
                || sighting.walkBody(intact).isBroken()) {
            leave(sighting, "its body is damaged: compile it in the build of the image");
            return;
        }
        Optional<PycHeader.Intact> wanted = !target.isHash(format)
                ? Optional.of(target.withTimes(intact.magic(), format, source))
                : hash(sighting, intact, format).map(hash -> target.withHash(intact.magic(), hash));
        if (wanted.isEmpty()) {
            leave(sighting, SkipReason.UNREADABLE.label());
        } else if (wanted.get().equals(intact)) {
            asWanted++;
        } else {
            headers.put(path(sighting), wanted.get());
        }
    }

    private Optional<SourceHash> hash(Sighting sighting, PycHeader.Intact header, PycFormat format) {
        if (!(sighting.openSource() instanceof FileContents.Opening.Open open)) {
            return Optional.empty();
        }
        try (FileContents contents = open.contents()) {
            SourceHash.Algorithm algorithm = Objects.requireNonNull(format.hash());
            return Optional.ofNullable(SourceHash.of(contents, contents.size(), header.magic(), algorithm, buffer));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private void leave(Sighting sighting, String why) {
        left.add(new LeftFile(path(sighting), why));
    }

    /** Where the bytecode file is, without links on the way. */
    private RawPath path(Sighting sighting) {
        RawPath given = sighting.pyc()
                .or(sighting::source)
                .map(relative -> sighting.entry().path().resolve(relative))
                .orElse(sighting.entry().path());
        return tree.real(given).orElse(given);
    }

    @Override
    public void refused(PathEntry entry, RawPath directory, Errno errno) {
        left.add(new LeftFile(entry.path().resolve(directory), errno.symbol()));
    }

    @Override
    public void finished(PathEntry entry, RawPath directory) {
        progress.step();
    }
}
