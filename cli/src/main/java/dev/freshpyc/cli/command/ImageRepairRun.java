package dev.freshpyc.cli.command;

import dev.freshpyc.cli.option.CauseText;
import dev.freshpyc.cli.option.CommandFailure;
import dev.freshpyc.cli.option.ExitCode;
import dev.freshpyc.cli.option.ImageArgument;
import dev.freshpyc.cli.option.ImageTarget;
import dev.freshpyc.cli.option.IndexArguments;
import dev.freshpyc.cli.option.InterpreterQuestion;
import dev.freshpyc.cli.option.Options;
import dev.freshpyc.cli.option.RepairArguments;
import dev.freshpyc.cli.option.ScanTarget;
import dev.freshpyc.cli.option.SealProfile;
import dev.freshpyc.cli.option.SelectionArguments;
import dev.freshpyc.cli.option.Streams;
import dev.freshpyc.cli.option.WorkersArgument;
import dev.freshpyc.cli.render.Format;
import dev.freshpyc.cli.render.ImageRepairReport;
import dev.freshpyc.cli.render.ManifestNotes;
import dev.freshpyc.cli.render.RunProgress;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.proof.ManyProofs;
import dev.freshpyc.core.verdict.HashChecks;
import dev.freshpyc.indexer.image.ImageManifestFiles;
import dev.freshpyc.indexer.image.archive.Image;
import dev.freshpyc.indexer.image.output.OutputImage;
import dev.freshpyc.indexer.image.repair.ImageRepair;
import dev.freshpyc.indexer.index.ProvenElsewhereJudge;
import dev.freshpyc.indexer.judge.HeaderJudge;
import dev.freshpyc.indexer.judge.Judge;
import dev.freshpyc.indexer.judge.ManifestEvidence;
import dev.freshpyc.indexer.judge.ManifestEvidence.ManifestJudge;
import dev.freshpyc.indexer.judge.OutsideEvidence;
import dev.freshpyc.indexer.judge.Rules;
import dev.freshpyc.indexer.prove.Compilers;
import dev.freshpyc.indexer.prove.VerifyingJudge;
import dev.freshpyc.indexer.repair.change.RepairOptions;
import dev.freshpyc.indexer.scan.ScanOptions;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParseResult;

/** {@code freshpyc repair --image IN --output OUT}: writes an image with one more layer, which has the repaired headers. */
final class ImageRepairRun {

    /** Options that change files, records or sources in place, or write whole bodies. A layer of headers can do none of this. */
    private static final List<String> OF_TREES = List.of(
            "--zero-source-mtime",
            "--clamp-mtime",
            "--expect",
            "--only",
            "--share",
            "--keep",
            "--keep-records",
            "--update-records",
            "--write",
            "--durability",
            "--hardlinks",
            "--renew",
            "--equivalence",
            "--equivalence-token-file");

    private ImageRepairRun() {}

    static int run(ParseResult parsed, Streams streams) throws InterruptedException {
        OF_TREES.stream().filter(parsed::hasMatchedOption).findFirst().ifPresent(option -> {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    option
                            + " cannot be used with --image, which writes only headers; repair the tree before the image is built");
        });
        if (parsed.matchedOptionValue("--profile", (SealProfile) null) == SealProfile.REPRODUCIBLE) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--profile reproducible cannot be used with --image, which writes only headers; repair the tree before the image is built");
        }
        boolean dry = parsed.hasMatchedOption("--dry-run") || parsed.hasMatchedOption("--check");
        Optional<RawPath> output = dry ? Optional.empty() : Optional.of(ImageArgument.output(parsed));
        RawPath input = ImageArgument.file(parsed);
        try (Image image = ImageArgument.read(parsed)) {
            ImageRepair.ImageRepairResult result = find(parsed, streams, image);
            if (output.isPresent()) {
                write(input, image, output.get(), result);
            }
            @Nullable String profile = SealProfile.told(parsed);
            if (dry && profile != null) {
                streams.out().println(profile);
            }
            if (!parsed.hasMatchedOption("-q")) {
                ImageRepairReport.print(
                        result, output, parsed.matchedOptionValue("--format", Format.TEXT), streams.out());
            }
            boolean wouldChange =
                    parsed.hasMatchedOption("--check") && !result.headers().isEmpty();
            return ExitCode.of(wouldChange || !result.left().isEmpty(), false);
        }
    }

    private static ImageRepair.ImageRepairResult find(ParseResult parsed, Streams streams, Image image)
            throws InterruptedException {
        ScanTarget target = ImageTarget.of(parsed, image.tree());
        ScanOptions scan =
                SelectionArguments.of(parsed, ScanOptions.defaults().withWorkers(WorkersArgument.of(parsed)));
        RepairOptions options = RepairArguments.options(parsed);
        Rules rules = new Rules(HashChecks.DEFAULT, ImageAudit.SETTLED, false);
        ManyProofs proofs = IndexArguments.openProofs(parsed, Optional.of(streams.err()));
        ManifestEvidence manifests = ManifestEvidence.in(new ImageManifestFiles(image.tree()));
        OutsideEvidence outside = new OutsideEvidence(
                proofs.through(found -> found.filter(proof -> proof.evidence().isAtLeast(options.weakest()))),
                manifests);
        Supplier<Judge> judges = () -> new ManifestJudge(
                new ProvenElsewhereJudge(new HeaderJudge(rules, Optional.empty()), outside), manifests, true);
        try (Compilers compilers = Compilers.of(InterpreterQuestion.of(parsed).compilers(List.of()), scan.workers())) {
            ImageRepair repair = new ImageRepair(
                    image.tree(),
                    scan,
                    new ImageRepair.ImageRepairOptions(
                            options.target(),
                            options.weakest(),
                            judges,
                            () -> new VerifyingJudge(judges.get(), compilers, Optional.empty())));
            try (RunProgress _ = RunProgress.start(repair::progress, streams.err(), parsed.hasMatchedOption("-q"))) {
                return repair.run(target.entries());
            } finally {
                if (parsed.hasMatchedOption(Options.VERBOSE)) {
                    ManifestNotes.print(manifests, streams.err());
                }
            }
        } finally {
            proofs.close();
        }
    }

    private static void write(RawPath input, Image image, RawPath output, ImageRepair.ImageRepairResult result) {
        try {
            OutputImage.write(input, image, output, result.headers());
        } catch (NoSuchFileException | AccessDeniedException refused) {
            boolean absent = refused instanceof NoSuchFileException;
            throw new CommandFailure(
                    ExitCode.INCOMPLETE,
                    "nothing was written to " + output.shown() + ": "
                            + (absent ? "its directory does not exist" : "you may not write to its directory")
                            + "; choose another --output");
        } catch (IOException refused) {
            throw new CommandFailure(
                    ExitCode.INCOMPLETE, "nothing was written to " + output.shown() + ": " + CauseText.of(refused));
        }
    }
}
