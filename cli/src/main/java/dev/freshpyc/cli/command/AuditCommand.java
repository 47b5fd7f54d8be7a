package dev.freshpyc.cli.command;

import dev.freshpyc.cli.option.AfterArgument;
import dev.freshpyc.cli.option.ColorArgument;
import dev.freshpyc.cli.option.DefaultReader;
import dev.freshpyc.cli.option.EarlierArgument;
import dev.freshpyc.cli.option.ExitCode;
import dev.freshpyc.cli.option.FailOn;
import dev.freshpyc.cli.option.ImageArgument;
import dev.freshpyc.cli.option.IndexArguments;
import dev.freshpyc.cli.option.InterpreterQuestion;
import dev.freshpyc.cli.option.Options;
import dev.freshpyc.cli.option.RootArgument;
import dev.freshpyc.cli.option.ScanArguments;
import dev.freshpyc.cli.option.ScanTarget;
import dev.freshpyc.cli.option.SelectionArguments;
import dev.freshpyc.cli.option.SharedOptions;
import dev.freshpyc.cli.option.Streams;
import dev.freshpyc.cli.option.UserArgument;
import dev.freshpyc.cli.option.WorkersArgument;
import dev.freshpyc.cli.render.AuditFormat;
import dev.freshpyc.cli.render.AuditRenderer;
import dev.freshpyc.cli.render.AuditView;
import dev.freshpyc.cli.render.DiffReport;
import dev.freshpyc.cli.render.ManifestNotes;
import dev.freshpyc.cli.render.RunProgress;
import dev.freshpyc.cli.render.Survival;
import dev.freshpyc.cli.render.TreeMending;
import dev.freshpyc.core.packaging.Transport;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.audit.Audit;
import dev.freshpyc.indexer.audit.Audit.AuditOptions;
import dev.freshpyc.indexer.audit.EntryReport;
import dev.freshpyc.indexer.host.HostFiles;
import dev.freshpyc.indexer.judge.Forecast;
import dev.freshpyc.indexer.judge.HeaderJudge;
import dev.freshpyc.indexer.judge.ManifestEvidence;
import dev.freshpyc.indexer.judge.Rules;
import dev.freshpyc.indexer.scan.ScanOptions;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code freshpyc audit}: the staleness report. */
final class AuditCommand implements Command {

    static final String ALL = "--all";

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name("audit");
        spec.usageMessage().description("Says what the interpreter will do with every bytecode file on a path.");
        ScanArguments.declare(spec, " Without PATH, scan its sys.path (default: python3).");
        IndexArguments.declare(spec);
        EarlierArgument.declare(spec);
        return spec.addOption(RootArgument.option())
                .addOption(
                        ImageArgument.option(
                                "Audit a container image instead of this system: the file that 'docker save' writes, an OCI image layout"
                                        + " (a directory or a tar archive), or - for an archive on standard input. Nothing is unpacked to disk."
                                        + " PATH is inside the image; without PATH, the sys.path of the image's interpreters is audited."))
                .addOption(UserArgument.option())
                .addOption(Options.value(
                        "--format",
                        "FORMAT",
                        AuditFormat.class,
                        "text, json, jsonl, sarif (2.1.0, for code scanning), junit (XML for CI servers), github"
                                + " (annotations in GitHub Actions) or html (one page that needs no network)."))
                .addOption(Options.values(
                        "--fail-on",
                        "VERDICT",
                        FailOn.class,
                        "Exit with 1 (with 4 if the audit is also incomplete) if a finding has one of these verdicts, which are"
                                + " separated by commas. Groups: slow is needless, stale, foreign, malformed and missing; wrong is"
                                + " impostor and fatal; any is every verdict but fresh and other-tool."))
                .addOption(
                        Options.value(
                                AuditGaps.MIN_FILES,
                                "N",
                                Integer.class,
                                "The audit is incomplete (exit code 3) if it judges fewer than N bytecode files, as after a mistake in PATH."))
                .addOption(AfterArgument.option())
                .addOption(Verification.option())
                .addOption(SelectionArguments.expected(
                        "Report as missing: sources without bytecode of this tag and level (0, 1 or 2)."))
                .addOption(SelectionArguments.excluded())
                .addOption(
                        Options.flag("--deep", "Read every body that would load to its end, to find truncated code."))
                .addOption(
                        Options.flag(ALL, "In formats other than text: include fresh files and those of other tools."))
                .addOption(Options.flag("--no-index", "Judge by the files alone, without the index."))
                .addOption(Options.noTrustCtime())
                .addOption(WorkersArgument.option())
                .addOption(Options.verbose())
                .addOption(ColorArgument.option())
                .addOption(Options.flag("-q", "No progress, no notes on standard error and no hints in text."))
                .addPositional(Options.paths("PATH", "Directories as on sys.path. Default: the sys.path of --python."));
    }

    @Override
    public void prepare(List<String> args) {
        HostFiles.prepare();
    }

    @Override
    public int run(ParseResult parsed, Streams streams) throws InterruptedException {
        if (ImageArgument.isIn(parsed)) {
            return ImageAudit.run(parsed, streams);
        }
        ScanArguments arguments = ScanArguments.of(parsed);
        int workers = WorkersArgument.of(parsed);
        Optional<RawPath> root = RootArgument.of(parsed);
        ScanTarget target =
                ScanTarget.of(parsed.matchedPositionalValue(0, List.of()), arguments.question(), root, streams.err());
        ScanOptions scan = SelectionArguments.of(parsed, arguments.scan(target.environment(), workers))
                .withOrder(target.order(root, HostFiles.readers()));
        Optional<Transport> after = AfterArgument.of(parsed);
        boolean quiet = parsed.hasMatchedOption("-q");
        if (!quiet) {
            target.leftOut().ifPresent(line -> streams.err().println("freshpyc: " + line));
        }
        List<EntryReport> reports;
        AuditGaps gaps;
        try (EarlierArgument earlier = EarlierArgument.of(parsed, format(parsed));
                AuditIndexes memories = AuditIndexes.of(parsed, arguments, target, scan, streams, quiet);
                Verification verification = Verification.of(parsed, memories::compilers, streams.err());
                AuditRenderer renderer = renderer(
                        format(parsed),
                        earlier,
                        streams.out(),
                        new AuditView(
                                after.map(to ->
                                        new Survival(to, SharedOptions.of(parsed), Verification.isAsked(parsed), root)),
                                Optional.empty(),
                                mending(parsed, target, root),
                                parsed.hasMatchedOption(ALL),
                                ColorArgument.of(parsed),
                                !quiet))) {
            Rules rules = arguments.rules(parsed.hasMatchedOption("--deep"));
            ManifestEvidence manifests = new ManifestEvidence(root);
            DefaultReader standard = DefaultReader.of(arguments.question(), target.environment(), root);
            AuditOptions options = new AuditOptions(
                    scan,
                    () -> verification.judge(standard.judge(
                            memories.judge(new HeaderJudge(rules, scan.interpreter()), rules, manifests), rules)),
                    parsed.hasMatchedOption(ALL) || format(parsed).needsAll(),
                    UserArgument.of(parsed, root),
                    after.map(to -> Forecast.after(to, rules, scan.interpreter()))
                            .orElse(Forecast.NONE),
                    earlier.known());
            reports = audit(new Audit(HostFiles.readers(root), options), target, renderer, streams.err(), quiet);
            gaps = AuditGaps.of(parsed, target, reports, memories);
            renderer.finish(target.reported(reports), gaps.lines());
            if (!quiet) {
                earlier.notes(reports).forEach(line -> streams.err().println("freshpyc: " + line));
            }
            if (parsed.hasMatchedOption(Options.VERBOSE)) {
                ManifestNotes.print(manifests, streams.err());
            }
        }
        return exitCode(parsed, target, reports, gaps, streams.err());
    }

    /** The report in the format that was asked for; a comparison with an earlier audit where that was. */
    static AuditRenderer renderer(AuditFormat format, EarlierArgument earlier, PrintStream out, AuditView view) {
        return earlier.compared()
                .<AuditRenderer>map(old -> new DiffReport(out, format, old, view.palette()))
                .orElseGet(() -> format.renderer(out, view));
    }

    static AuditFormat format(ParseResult parsed) {
        return parsed.matchedOptionValue("--format", AuditFormat.TEXT);
    }

    private static TreeMending mending(ParseResult parsed, ScanTarget target, Optional<RawPath> root) {
        List<String> options = SharedOptions.of(parsed);
        boolean named = options.contains("--python") || options.contains("--venv");
        Optional<String> reader = target.environment().filter(_ -> !named).map(_ -> InterpreterQuestion.DEFAULT_PYTHON);
        return new TreeMending(options, SelectionArguments.words(parsed), Verification.isAsked(parsed), reader, root);
    }

    /** The exit code of an audit, after the complaints about it. */
    static int exitCode(
            ParseResult parsed, ScanTarget target, List<EntryReport> reports, AuditGaps gaps, PrintStream err) {
        boolean incomplete = complain(parsed, target, reports, err);
        gaps.print(err);
        List<FailOn> failOn = parsed.matchedOptionValue("--fail-on", List.of());
        boolean named = reports.stream().anyMatch(report -> failOn.stream().anyMatch(word -> word.isIn(report)));
        return ExitCode.of(named, incomplete || !gaps.isEmpty());
    }

    /** Runs an audit with its progress on standard error. */
    static List<EntryReport> audit(
            Audit audit, ScanTarget target, AuditRenderer renderer, PrintStream err, boolean quiet)
            throws InterruptedException {
        try (RunProgress _ = RunProgress.start(audit::progress, err, quiet)) {
            return audit.run(target.entries(), renderer);
        }
    }

    /** Prints which entries could not be read; true if the audit is incomplete. */
    private static boolean complain(ParseResult parsed, ScanTarget target, List<EntryReport> reports, PrintStream err) {
        boolean incomplete = false;
        for (EntryReport report : reports) {
            Optional<String> complaint = target.complaint(report, parsed);
            complaint.ifPresent(line -> err.println("freshpyc: " + line));
            incomplete |= complaint.isPresent();
            incomplete |= report.counts().of(Verdict.Kind.UNREADABLE) > 0;
        }
        return incomplete;
    }
}
