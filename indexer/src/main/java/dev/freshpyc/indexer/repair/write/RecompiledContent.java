package dev.freshpyc.indexer.repair.write;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.outcome.Outcome.Effect;
import dev.freshpyc.core.plan.SkipReason;
import dev.freshpyc.core.plan.TargetHeader;
import dev.freshpyc.core.plan.TargetMode;
import dev.freshpyc.core.pyc.PycHeader;
import dev.freshpyc.core.pyc.SourceHash;
import dev.freshpyc.core.record.ContentFacts;
import dev.freshpyc.core.verdict.Evidence;
import dev.freshpyc.indexer.repair.change.FileChange;
import dev.freshpyc.indexer.repair.change.FileChange.HeaderRewrite;
import dev.freshpyc.indexer.repair.change.FileChange.WholeFile;
import dev.freshpyc.indexer.repair.change.Recompilation;
import dev.freshpyc.indexer.repair.change.RepairOptions;
import dev.freshpyc.indexer.repair.outcome.OutcomeTally;
import dev.freshpyc.indexer.repair.plan.EntryTargets;
import dev.freshpyc.indexer.repair.write.LinkGroup.NewContent;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The new content of pycs whose sources were compiled: a whole new file, a new header alone, or nothing where the file is right. */
final class RecompiledContent {

    private final boolean keepsHeaders;
    private final EntryTargets targets;
    private final OutcomeTally tally;
    private final FileSteps steps;
    private final Collection<WrittenChange> confirmed = new ConcurrentLinkedQueue<>();

    RecompiledContent(RepairOptions options, EntryTargets targets, OutcomeTally tally) {
        this.keepsHeaders = options.target().mode() == TargetMode.AUTO;
        this.targets = targets;
        this.tally = tally;
        this.steps = new FileSteps(tally);
    }

    /** The pycs of a batch that have the wanted bytes already. */
    List<WrittenChange> takeConfirmed() {
        List<WrittenChange> taken = List.copyOf(confirmed);
        confirmed.clear();
        return taken;
    }

    /** A whole new file, for a pyc whose code differs from its source's. */
    NewContent newFile(FileRewriter writer, Recompilation file, CompiledSource source) {
        byte[] body = source.body(file);
        Sha256 digest = writer.tree().editor().sha256(body);
        WholeFile whole = WholeFile.of(
                file.place(),
                file.oldStamp(),
                file.oldHead(),
                file.sourceStamp(),
                header(file, source),
                body,
                digest,
                file.prior());
        return NewContent.of(whole, body);
    }

    /**
     * The header to write before a body that is right; empty where the header is right too. Where the user asked for no kind of
     * header, every header that the interpreter accepts is right.
     */
    Optional<NewContent> newHeader(FileRewriter writer, Recompilation file, CompiledSource source) throws IOException {
        boolean accepted = keepsHeaders && file.believed();
        PycHeader.Intact head =
                accepted && file.oldHead().decode(file.format().layout()) instanceof PycHeader.Intact old
                        ? old
                        : header(file, source);
        HeaderRewrite rewrite = new HeaderRewrite(
                file.place(),
                file.oldStamp().orElseThrow(),
                false,
                file.oldHead(),
                file.sourceStamp(),
                head,
                Evidence.RECOMPILED,
                ContentFacts.NOTHING.withWhole(),
                file.prior());
        if (rewrite.isDone()) {
            confirm(writer, rewrite);
            return Optional.empty();
        }
        return Optional.of(NewContent.of(rewrite));
    }

    private PycHeader.Intact header(Recompilation file, CompiledSource source) {
        TargetHeader target = targets.of(file.place().entry());
        return target.isHash(file.format())
                ? target.withHash(
                        source.magic(),
                        SourceHash.of(
                                source.source(),
                                source.magic(),
                                Objects.requireNonNull(file.format().hash())))
                : target.withTimes(source.magic(), file.format(), file.sourceStamp());
    }

    private void confirm(FileRewriter writer, FileChange change) throws IOException {
        boolean still = steps.run(change.place(), () -> {
            writer.tree().checkSource(change.place(), change.sourceStamp());
            writer.tree().checkName(change, false);
        });
        if (still) {
            tally.addSkipped(
                    SkipReason.AS_WANTED, () -> change.place().outcome(new Effect.Skipped(SkipReason.AS_WANTED)));
            confirmed.add(WrittenChange.now(change));
        }
    }
}
