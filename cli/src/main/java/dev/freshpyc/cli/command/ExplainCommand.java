package dev.freshpyc.cli.command;

import dev.freshpyc.cli.option.CommandFailure;
import dev.freshpyc.cli.option.DefaultReader;
import dev.freshpyc.cli.option.ExitCode;
import dev.freshpyc.cli.option.ImageArgument;
import dev.freshpyc.cli.option.IndexArguments;
import dev.freshpyc.cli.option.Options;
import dev.freshpyc.cli.option.RootArgument;
import dev.freshpyc.cli.option.ScanArguments;
import dev.freshpyc.cli.option.ScanTarget;
import dev.freshpyc.cli.option.Streams;
import dev.freshpyc.cli.render.ManifestNotes;
import dev.freshpyc.cli.render.StoryText;
import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.proof.ContentProof;
import dev.freshpyc.core.pyc.PycPath;
import dev.freshpyc.core.text.ShellWord;
import dev.freshpyc.core.verdict.Reason;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.audit.Audit.AuditOptions;
import dev.freshpyc.indexer.audit.ExplainTarget;
import dev.freshpyc.indexer.audit.ExplainTarget.DirectoryTarget;
import dev.freshpyc.indexer.audit.ExplainTarget.FileTarget;
import dev.freshpyc.indexer.audit.Explainer;
import dev.freshpyc.indexer.audit.Explainer.DirectoryAnswer;
import dev.freshpyc.indexer.audit.Explainer.Explanation;
import dev.freshpyc.indexer.environment.PythonEnvironment;
import dev.freshpyc.indexer.host.HostFiles;
import dev.freshpyc.indexer.judge.HeaderJudge;
import dev.freshpyc.indexer.judge.ManifestEvidence;
import dev.freshpyc.indexer.judge.Rules;
import dev.freshpyc.indexer.repair.RepairForecast;
import dev.freshpyc.indexer.repair.record.UncompiledSources;
import dev.freshpyc.indexer.scan.GivenPath;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.ScanOptions;
import dev.freshpyc.indexer.scan.TreeScanner;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code freshpyc explain}: explains the verdict on one file. */
final class ExplainCommand implements Command {

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name("explain");
        spec.usageMessage()
                .description(
                        "Explains one file: its header, what each interpreter does with it and why, and the command that mends it.");
        ScanArguments.declare(spec, "");
        IndexArguments.declare(spec);
        return spec.addOption(RootArgument.option())
                .addOption(ImageArgument.option(
                        "Explain a file of a container image instead of one of this system, and the layers that it comes from: the"
                                + " file that 'docker save' writes, an OCI image layout (a directory or a tar archive), or - for an"
                                + " archive on standard input. FILE is inside the image."))
                .addOption(Verification.option())
                .addOption(Options.flag("--no-index", "Judge by the files alone, without the index."))
                .addOption(Options.noTrustCtime())
                .addOption(Options.verbose())
                .addPositional(PositionalParamSpec.builder()
                        .paramLabel("FILE")
                        .arity("1")
                        .required(true)
                        .type(String.class)
                        .description("A source (.py), a bytecode file (.pyc) or a directory,"
                                + " also with a name as an audit shows it: with its escapes.")
                        .build());
    }

    @Override
    public int run(ParseResult parsed, Streams streams) throws InterruptedException {
        RawPath given = RawPath.of(parsed.matchedPositionalValue(0, ""));
        if (ImageArgument.isIn(parsed)) {
            return ImageExplanation.run(parsed, streams, names(given));
        }
        ExplainRun run = ExplainRun.of(parsed, streams);
        int answered = 0;
        for (RawPath name : names(given)) {
            answered += run.explain(name) ? 1 : 0;
        }
        if (answered == 0 && !run.explainNoArchive(given)) {
            throw run.unanswered(given);
        }
        if (parsed.hasMatchedOption(Options.VERBOSE)) {
            ManifestNotes.print(run.manifests, streams.err());
        }
        return ExitCode.of(false, run.unreadable);
    }

    /** The names that the user may mean: the text itself, and the name that an audit shows as this text. */
    private static List<RawPath> names(RawPath given) {
        return Stream.concat(Stream.of(given), RawPath.ofShown(given.toPython()).stream())
                .distinct()
                .toList();
    }

    /** One run of the command. */
    private static final class ExplainRun {
        private final ParseResult parsed;
        private final Streams streams;
        private final ScanArguments arguments;
        private final Optional<PythonEnvironment> environment;
        private final ScanOptions scan;
        private final Optional<RawPath> root;
        private final ExplainedPlaces places;
        private final ManifestEvidence manifests;
        private final DefaultReader standard;
        private final Map<RawPath, ContentProof> proofs = new HashMap<>();
        private boolean unreadable;

        private ExplainRun(
                ParseResult parsed,
                Streams streams,
                ScanArguments arguments,
                Optional<PythonEnvironment> environment,
                Optional<RawPath> root) {
            this.parsed = parsed;
            this.streams = streams;
            this.arguments = arguments;
            this.environment = environment;
            this.scan = arguments.scan(environment, 1);
            this.root = root;
            this.places = new ExplainedPlaces(parsed, scan, root, environment);
            this.manifests = new ManifestEvidence(root);
            this.standard = DefaultReader.of(arguments.question(), environment, root);
            this.unreadable = arguments.question().isUnanswered(environment);
        }

        static ExplainRun of(ParseResult parsed, Streams streams) {
            ScanArguments arguments = ScanArguments.of(parsed);
            return new ExplainRun(
                    parsed, streams, arguments, arguments.question().askInTime(streams.err()), RootArgument.of(parsed));
        }

        /** Explains the files of a name; false when there is no such file. */
        boolean explain(RawPath name) {
            Optional<ExplainTarget> target = ExplainTarget.of(places.inRoot(name), scan.pycachePrefix());
            if (target.isEmpty()) {
                return false;
            }
            PathEntry entry = places.entry(target.get());
            ScanTarget judged = new ScanTarget(environment, false, List.of(entry), false);
            try (AuditIndexes indexes = AuditIndexes.of(parsed, arguments, judged, scan, streams, false);
                    Verification verification = Verification.of(parsed, indexes::compilers, streams.err())) {
                Rules rules = arguments.rules(true);
                AuditOptions options = new AuditOptions(
                        places.scan(entry),
                        () -> verification.judge(standard.judge(
                                new TracingJudge(
                                        proofs,
                                        trace -> indexes.judge(
                                                new HeaderJudge(rules, scan.interpreter()), rules, manifests, trace)),
                                rules)),
                        true);
                Explainer explainer = new Explainer(HostFiles.readers(root), options, forecast(entry));
                boolean any = switch (target.get()) {
                    case FileTarget file -> print(explainer.explain(file, entry));
                    case DirectoryTarget directory -> print(explainer.explain(directory, entry), entry);
                };
                unreadable |= indexes.complain(streams.err());
                return any;
            }
        }

        /** Interpreters are looked for only where a file has to be compiled. */
        private Explainer.RepairLimits forecast(PathEntry entry) {
            Optional<UncompiledSources> uncompiled = parsed.hasMatchedOption("--no-index")
                            || IndexArguments.location(parsed).isEmpty()
                    ? Optional.empty()
                    : Optional.of(new UncompiledSources(IndexArguments.directory(parsed, streams)));
            return new RepairForecast(
                    scan.interpreter(), root, arguments.question().compilers(List.of(entry)), uncompiled)::whyLeft;
        }

        private boolean print(Explanation answer) {
            if (!answer.isAnyThere()) {
                return false;
            }
            new StoryText(streams.out(), standard::get, proofs, Optional.empty())
                    .print(answer, places.mending(answer.target(), answer.entry()));
            answer.refusals()
                    .forEach((directory, errno) -> streams.err().println("freshpyc: " + line(directory, errno)));
            unreadable |= !answer.refusals().isEmpty() || Explainer.isAnyUnreadable(answer.stories());
            return true;
        }

        private boolean print(DirectoryAnswer answer, PathEntry entry) {
            new StoryText(streams.out(), standard::get, proofs, Optional.empty())
                    .print(answer, places.mending(answer.target(), entry));
            unreadable |= !answer.refusals().isEmpty() || Explainer.isAnyUnreadable(answer.stories());
            return true;
        }

        /** Says what an audit says of a file that is named like an archive and is none; false for any other file. */
        private boolean explainNoArchive(RawPath given) {
            Optional<Verdict> verdict = GivenPath.archive(places.inRoot(given), 0)
                    .flatMap(new TreeScanner(HostFiles.readers(root), scan)::archiveFlaw)
                    .filter(found -> found.reason().equals(Reason.NO_ARCHIVE));
            verdict.ifPresent(found -> streams.out()
                    .println(given.shown() + ": " + found.kind().label() + " ("
                            + found.reason().label()
                            + "): an interpreter cannot read it as an archive; 'freshpyc docs "
                            + found.reason().label() + "' says what to do"));
            return verdict.isPresent();
        }

        /** The failure of a run that could explain no file. */
        CommandFailure unanswered(RawPath given) {
            Optional<PathEntry.Archive> archive = GivenPath.archive(places.inRoot(given), 0);
            if (archive.isPresent()
                    && PycPath.sourceOf(archive.get().inner().name()).isPresent()) {
                RawPath member = archive.get().member(RawPath.EMPTY);
                return new CommandFailure(
                        ExitCode.USAGE,
                        given.shown() + ": a path into an archive: name the member as "
                                + ShellWord.ofPath(
                                        root.flatMap(member::seenFrom).orElse(member)));
            }
            if (archive.isPresent()) {
                return new CommandFailure(
                        ExitCode.USAGE,
                        given.shown()
                                + ": a file that is no source and no bytecode; of an archive, 'freshpyc audit' judges the"
                                + " whole, and explain takes a member such as " + given.shown() + "!/pkg/mod.pyc");
            }
            boolean neither =
                    ExplainTarget.of(places.inRoot(given), scan.pycachePrefix()).isEmpty();
            return neither
                    ? new CommandFailure(
                            ExitCode.USAGE,
                            given.shown()
                                    + ": neither a source (.py) nor bytecode (.pyc) nor a directory; explain takes only these")
                    : new CommandFailure(ExitCode.INCOMPLETE, given.shown() + ": no such file" + hint(given));
        }

        private static String hint(RawPath given) {
            return given.isAbsolute() ? "" : "; an audit shows names relative to the entry above them";
        }

        private static String line(RawPath directory, Errno errno) {
            return directory.shown() + ": cannot be read (" + errno + ")";
        }
    }
}
