package dev.freshpyc.cli.command;

import dev.freshpyc.cli.option.ColorArgument;
import dev.freshpyc.cli.option.EarlierArgument;
import dev.freshpyc.cli.option.ImageArgument;
import dev.freshpyc.cli.option.ImageTarget;
import dev.freshpyc.cli.option.Options;
import dev.freshpyc.cli.option.ScanArguments;
import dev.freshpyc.cli.option.ScanTarget;
import dev.freshpyc.cli.option.SelectionArguments;
import dev.freshpyc.cli.option.SharedOptions;
import dev.freshpyc.cli.option.Streams;
import dev.freshpyc.cli.option.WorkersArgument;
import dev.freshpyc.cli.render.AuditRenderer;
import dev.freshpyc.cli.render.AuditView;
import dev.freshpyc.cli.render.ImageMending;
import dev.freshpyc.cli.render.LayerNotes;
import dev.freshpyc.cli.render.ManifestNotes;
import dev.freshpyc.core.verdict.RacyWindow;
import dev.freshpyc.indexer.audit.Audit;
import dev.freshpyc.indexer.audit.Audit.AuditOptions;
import dev.freshpyc.indexer.audit.EntryReport;
import dev.freshpyc.indexer.image.ImageManifestFiles;
import dev.freshpyc.indexer.image.ImageTreeReader;
import dev.freshpyc.indexer.image.archive.Image;
import dev.freshpyc.indexer.judge.Forecast;
import dev.freshpyc.indexer.judge.HeaderJudge;
import dev.freshpyc.indexer.judge.ManifestEvidence;
import dev.freshpyc.indexer.judge.Rules;
import dev.freshpyc.indexer.scan.ScanOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/** {@code freshpyc audit --image}: the staleness report of a container image. */
final class ImageAudit {

    /** The racy window of an image: nobody changes its files while they are read, so no time of a file is too recent. */
    static final RacyWindow SETTLED = new RacyWindow(Duration.ZERO);

    private ImageAudit() {}

    static int run(ParseResult parsed, Streams streams) throws InterruptedException {
        try (Image image = ImageArgument.read(parsed)) {
            return run(parsed, streams, image);
        }
    }

    private static int run(ParseResult parsed, Streams streams, Image image) throws InterruptedException {
        ScanArguments arguments = ScanArguments.of(parsed);
        ScanTarget target = ImageTarget.of(parsed, image.tree());
        ScanOptions scan = SelectionArguments.of(parsed, arguments.scan(Optional.empty(), WorkersArgument.of(parsed)))
                .withOrder(ImageTarget.order(image.tree(), target.entries()));
        Rules rules = new Rules(arguments.checks(), SETTLED, parsed.hasMatchedOption("--deep"));
        boolean quiet = parsed.hasMatchedOption("-q");
        List<EntryReport> reports;
        AuditGaps gaps;
        try (EarlierArgument earlier = EarlierArgument.of(parsed, AuditCommand.format(parsed));
                AuditIndexes memories = AuditIndexes.ofImage(parsed, arguments, scan, streams, quiet);
                Verification verification = Verification.of(parsed, memories::compilers, streams.err());
                AuditRenderer renderer = AuditCommand.renderer(
                        AuditCommand.format(parsed),
                        earlier,
                        streams.out(),
                        new AuditView(
                                Optional.empty(),
                                Optional.of(new LayerNotes(image)),
                                new ImageMending(
                                        SharedOptions.of(parsed),
                                        Verification.isAsked(parsed),
                                        ImageArgument.given(parsed),
                                        ImageArgument.unusedOutput(parsed)),
                                parsed.hasMatchedOption(AuditCommand.ALL),
                                ColorArgument.of(parsed),
                                !quiet))) {
            ManifestEvidence manifests = ManifestEvidence.in(new ImageManifestFiles(image.tree()));
            AuditOptions options = new AuditOptions(
                    scan,
                    () -> verification.judge(
                            memories.judge(new HeaderJudge(rules, Optional.empty()), rules, manifests)),
                    parsed.hasMatchedOption(AuditCommand.ALL)
                            || AuditCommand.format(parsed).needsAll(),
                    Optional.empty(),
                    Forecast.NONE,
                    earlier.known());
            Audit audit = new Audit(ImageTreeReader.workers(image.tree()), options);
            reports = AuditCommand.audit(audit, target, renderer, streams.err(), quiet);
            gaps = AuditGaps.of(parsed, target, reports, memories);
            renderer.finish(reports, gaps.lines());
            if (!quiet) {
                earlier.notes(reports).forEach(line -> streams.err().println("freshpyc: " + line));
            }
            if (parsed.hasMatchedOption(Options.VERBOSE)) {
                ManifestNotes.print(manifests, streams.err());
            }
        }
        return AuditCommand.exitCode(parsed, target, reports, gaps, streams.err());
    }
}
