package dev.freshpyc.cli.command;

import dev.freshpyc.cli.option.CommandFailure;
import dev.freshpyc.cli.option.ExitCode;
import dev.freshpyc.cli.option.ImageArgument;
import dev.freshpyc.cli.option.ImageTarget;
import dev.freshpyc.cli.option.Options;
import dev.freshpyc.cli.option.ScanArguments;
import dev.freshpyc.cli.option.SharedOptions;
import dev.freshpyc.cli.option.Streams;
import dev.freshpyc.cli.render.ImageMending;
import dev.freshpyc.cli.render.LayerNotes;
import dev.freshpyc.cli.render.ManifestNotes;
import dev.freshpyc.cli.render.StoryText;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.proof.ContentProof;
import dev.freshpyc.core.pyc.PycPath;
import dev.freshpyc.indexer.audit.Audit.AuditOptions;
import dev.freshpyc.indexer.audit.ExplainTarget;
import dev.freshpyc.indexer.audit.ExplainTarget.DirectoryTarget;
import dev.freshpyc.indexer.audit.ExplainTarget.FileTarget;
import dev.freshpyc.indexer.audit.Explainer;
import dev.freshpyc.indexer.audit.Explainer.DirectoryAnswer;
import dev.freshpyc.indexer.audit.Explainer.Explanation;
import dev.freshpyc.indexer.audit.Explainer.Story;
import dev.freshpyc.indexer.image.ImageManifestFiles;
import dev.freshpyc.indexer.image.ImageTree;
import dev.freshpyc.indexer.image.ImageTreeReader;
import dev.freshpyc.indexer.image.archive.Image;
import dev.freshpyc.indexer.judge.HeaderJudge;
import dev.freshpyc.indexer.judge.ManifestEvidence;
import dev.freshpyc.indexer.judge.Rules;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.ScanOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/** {@code freshpyc explain --image IMAGE FILE}: explains the verdict on one file of a container image, and names the file's layers. */
final class ImageExplanation {

    private static final RawPath TOP = RawPath.of("/");

    private final ParseResult parsed;
    private final Streams streams;
    private final Image image;
    private final ScanArguments arguments;
    private final ScanOptions scan;
    private final ManifestEvidence manifests;
    private final ImageMending mending;
    private final Map<RawPath, ContentProof> proofs = new HashMap<>();
    private boolean unreadable;

    private ImageExplanation(ParseResult parsed, Streams streams, Image image) {
        this.parsed = parsed;
        this.streams = streams;
        this.image = image;
        this.arguments = ScanArguments.of(parsed);
        this.scan = arguments.scan(Optional.empty(), 1);
        this.manifests = ManifestEvidence.in(new ImageManifestFiles(image.tree()));
        this.mending = new ImageMending(
                SharedOptions.of(parsed),
                Verification.isAsked(parsed),
                ImageArgument.given(parsed),
                ImageArgument.unusedOutput(parsed));
    }

    /** Explains the files of the names in the image; returns the exit code. */
    static int run(ParseResult parsed, Streams streams, List<RawPath> names) {
        try (Image image = ImageArgument.read(parsed)) {
            ImageExplanation run = new ImageExplanation(parsed, streams, image);
            int answered = 0;
            for (RawPath name : names) {
                answered += run.explain(name) ? 1 : 0;
            }
            if (answered == 0) {
                throw unanswered(names.getFirst());
            }
            if (parsed.hasMatchedOption(Options.VERBOSE)) {
                ManifestNotes.print(run.manifests, streams.err());
            }
            return ExitCode.of(false, run.unreadable);
        }
    }

    private static CommandFailure unanswered(RawPath given) {
        boolean named = PycPath.isBytecode(given) || given.endsWith(PycPath.SOURCE_SUFFIX);
        return named
                ? new CommandFailure(ExitCode.INCOMPLETE, given.shown() + ": no such file in the image")
                : new CommandFailure(
                        ExitCode.USAGE,
                        given.shown()
                                + ": neither a source (.py) nor bytecode (.pyc) nor a directory in the image; explain takes only these");
    }

    /** Explains the files of a name; false when there is no such file. */
    private boolean explain(RawPath name) {
        Optional<ExplainTarget> target = target(TOP.resolve(name).normalized());
        if (target.isEmpty()) {
            return false;
        }
        PathEntry entry = entry(target.get().directory());
        Rules rules = new Rules(arguments.checks(), ImageAudit.SETTLED, true);
        try (AuditIndexes memories = AuditIndexes.ofImage(parsed, arguments, scan, streams, false);
                Verification verification = Verification.of(parsed, memories::compilers, streams.err())) {
            AuditOptions options = new AuditOptions(
                    scan.withOrder(ImageTarget.order(image.tree(), List.of(entry))),
                    () -> new TracingJudge(
                            proofs,
                            trace -> verification.judge(
                                    memories.judge(new HeaderJudge(rules, Optional.empty()), rules, manifests, trace))),
                    true);
            Explainer explainer = new Explainer(ImageTreeReader.workers(image.tree()), options, this::real);
            boolean any = switch (target.get()) {
                case FileTarget file -> print(explainer.explain(file, entry));
                case DirectoryTarget directory -> print(explainer.explain(directory, entry));
            };
            unreadable |= memories.complain(streams.err());
            return any;
        }
    }

    /** The target of a path in the image; links on the way are followed inside the image. */
    private Optional<ExplainTarget> target(RawPath path) {
        RawPath file = real(path.parent()).resolve(path.name());
        if (image.tree().directory(file).isEmpty()) {
            return ExplainTarget.ofName(file).map(found -> found);
        }
        RawPath directory = real(file);
        boolean cache = directory.name().equals(RawPath.of(PycPath.CACHE_DIRECTORY));
        return Optional.of(new DirectoryTarget(cache ? directory.parent() : directory, cache));
    }

    /** The entry whose audit shows the files: of an interpreter in the image, else the directory that imports begin at. */
    private PathEntry entry(RawPath directory) {
        RawPath entry = ImageTarget.entryOf(image.tree(), directory)
                .orElseGet(
                        () -> Explainer.importRoot(ImageTreeReader.workers(image.tree()), directory, Optional.of(TOP)));
        return new PathEntry.Directory(entry, 0);
    }

    private RawPath real(RawPath path) {
        ImageTree tree = image.tree();
        return tree.real(path).orElse(path);
    }

    private boolean print(Explanation answer) {
        if (!answer.isAnyThere()) {
            return false;
        }
        text().print(answer, mending);
        finish(answer.stories());
        return true;
    }

    private boolean print(DirectoryAnswer answer) {
        text().print(answer, mending);
        finish(answer.stories());
        return true;
    }

    private void finish(List<Story> stories) {
        if (!mending.of(stories, Optional.empty()).isEmpty()) {
            mending.saving().ifPresent(streams.out()::println);
        }
        unreadable |= Explainer.isAnyUnreadable(stories);
    }

    private StoryText text() {
        return new StoryText(streams.out(), Optional::empty, proofs, Optional.of(new LayerNotes(image)));
    }
}
