package dev.freshpyc.cli.command;

import dev.freshpyc.cli.option.CommandFailure;
import dev.freshpyc.cli.option.DefaultReader;
import dev.freshpyc.cli.option.ExitCode;
import dev.freshpyc.cli.option.Options;
import dev.freshpyc.cli.option.ScanArguments;
import dev.freshpyc.cli.option.Streams;
import dev.freshpyc.cli.render.ManifestNotes;
import dev.freshpyc.cli.render.StoryText;
import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.KnownInterpreter;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.audit.Audit.AuditOptions;
import dev.freshpyc.indexer.audit.Explainer;
import dev.freshpyc.indexer.environment.PythonEnvironment;
import dev.freshpyc.indexer.host.HostFiles;
import dev.freshpyc.indexer.judge.HeaderJudge;
import dev.freshpyc.indexer.judge.ManifestEvidence;
import dev.freshpyc.indexer.judge.ManifestEvidence.ManifestJudge;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code freshpyc explain}: one file's story. */
final class ExplainCommand implements Command {

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name("explain");
        spec.usageMessage()
                .description(
                        "Explains one file: its header, what each interpreter does with it and why, and how to fix it.");
        ScanArguments.declare(spec);
        return spec.addOption(Options.verbose())
                .addPositional(PositionalParamSpec.builder()
                        .paramLabel("FILE")
                        .arity("1")
                        .required(true)
                        .type(String.class)
                        .description("A source (.py) or a bytecode file (.pyc).")
                        .build());
    }

    @Override
    public int run(ParseResult parsed, Streams streams) {
        ScanArguments arguments = ScanArguments.of(parsed);
        RawPath path = RawPath.of(parsed.matchedPositionalValue(0, ""));
        Optional<PythonEnvironment> environment = arguments.question().askInTime(streams.err());
        Optional<KnownInterpreter> interpreter = environment.map(PythonEnvironment::interpreter);
        ManifestEvidence manifests = new ManifestEvidence(Optional.empty());
        DefaultReader standard = DefaultReader.of(arguments.question(), environment, Optional.empty());
        AuditOptions options = new AuditOptions(
                arguments.scan(environment, 1),
                () -> standard.judge(
                        new ManifestJudge(new HeaderJudge(arguments.rules(true), interpreter), manifests, true),
                        arguments.rules(true)),
                true);
        Explainer.Answer answer = new Explainer(HostFiles.readers(), options)
                .explain(path)
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.USAGE, path.shown() + ": neither a source (.py) nor bytecode (.pyc)"));
        answer.refusal().ifPresent(errno -> refuse(answer.directory(), errno));
        if (!answer.isAnyThere()) {
            throw new CommandFailure(ExitCode.INCOMPLETE, path.shown() + ": no such file");
        }
        new StoryText(streams.out(), standard::get).print(answer);
        if (parsed.hasMatchedOption(Options.VERBOSE)) {
            ManifestNotes.print(manifests, streams.err());
        }
        boolean unreadable = answer.stories().stream()
                .anyMatch(story -> story.finding().verdict().kind() == Verdict.Kind.UNREADABLE);
        boolean unanswered = arguments.question().isAsked() && environment.isEmpty();
        return ExitCode.of(false, unreadable || unanswered);
    }

    private static void refuse(RawPath directory, Errno errno) {
        throw new CommandFailure(ExitCode.INCOMPLETE, directory.shown() + ": cannot be read (" + errno + ")");
    }
}
