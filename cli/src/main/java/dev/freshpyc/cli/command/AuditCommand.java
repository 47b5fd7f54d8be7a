package dev.freshpyc.cli.command;

import dev.freshpyc.cli.render.AuditRenderer;
import dev.freshpyc.cli.render.Format;
import dev.freshpyc.cli.render.ScanProgress;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.indexer.audit.Audit;
import dev.freshpyc.indexer.audit.AuditOptions;
import dev.freshpyc.indexer.audit.EntryReport;
import dev.freshpyc.indexer.environment.Environment;
import dev.freshpyc.indexer.scan.Exclusions;
import dev.freshpyc.indexer.scan.Expected;
import dev.freshpyc.indexer.scan.TreeScanner;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code freshpyc audit}: the staleness report. */
@Command(
        name = "audit",
        description = "Says what the interpreter will do with every bytecode file on a path.",
        mixinStandardHelpOptions = true)
final class AuditCommand implements Callable<Integer> {

    private static final int MAX_WORKERS = 256;

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Mixin
    ScanArguments arguments = new ScanArguments();

    @Parameters(paramLabel = "PATH", description = "Directories as on sys.path. Default: the sys.path of --python.")
    List<String> paths = List.of();

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "text", description = "text, json or jsonl.")
    Format format = Format.TEXT;

    @Option(
            names = "--fail-on",
            paramLabel = "VERDICT",
            split = ",",
            description = "Exit with 1 when there is a finding of one of these verdicts.")
    List<Verdict.Kind> failOn = List.of();

    @Option(
            names = "--expect",
            paramLabel = "TAG[:LEVEL]",
            split = ",",
            description = "Report sources that have no bytecode of this tag and level (0, 1, 2) as missing.")
    List<Expected> expected = List.of();

    @Option(
            names = "--exclude",
            paramLabel = "GLOB",
            description = "Leave out what matches: a name, or with a slash a path below the entry. May be repeated.")
    List<String> exclude = List.of();

    @Option(names = "--deep", description = "Walk every body that would load to its end.")
    boolean deep;

    @Option(names = "--all", description = "With json and jsonl: fresh files, too.")
    boolean all;

    @Option(names = "--no-index", description = "Judge by what is on disk alone.")
    boolean noIndex;

    @Option(names = "-j", paramLabel = "N", description = "Threads. Default: one for each processor.")
    int workers = Runtime.getRuntime().availableProcessors();

    @Option(
            names = {"-q", "--quiet"},
            description = "No progress and no notes on standard error.")
    boolean quiet;

    @Override
    public Integer call() throws InterruptedException {
        Streams streams = Streams.of(spec);
        Target target = Target.of(paths, Optional.ofNullable(arguments.python));
        AuditOptions options = arguments.options(
                target.environment().map(Environment::interpreter),
                checkedWorkers(),
                expected,
                Exclusions.of(exclude),
                deep,
                all);
        Audit audit = new Audit(TreeScanner.bestFiles(), options);
        List<EntryReport> reports;
        try (AuditRenderer renderer = format.renderer(streams.out())) {
            reports = audit(audit, target, renderer, streams.err());
            renderer.finish(target.reported(reports));
        }
        return exitCode(target, reports, streams.err());
    }

    private List<EntryReport> audit(Audit audit, Target target, AuditRenderer renderer, PrintStream err)
            throws InterruptedException {
        try (ScanProgress _ = ScanProgress.start(audit::progress, err, quiet)) {
            return audit.run(target.entries(), renderer);
        }
    }

    private int checkedWorkers() {
        if (workers < 1 || workers > MAX_WORKERS) {
            throw new CommandFailure(ExitCode.USAGE, "-j " + workers + ": give 1 to " + MAX_WORKERS + " threads");
        }
        return workers;
    }

    private int exitCode(Target target, List<EntryReport> reports, PrintStream err) {
        boolean incomplete = false;
        boolean named = false;
        for (EntryReport report : reports) {
            Optional<String> complaint = target.complaint(report);
            complaint.ifPresent(line -> err.println("freshpyc: " + line));
            incomplete |= complaint.isPresent();
            incomplete |= report.counts().of(Verdict.Kind.UNREADABLE) > 0;
            named |= failOn.stream().anyMatch(kind -> report.counts().of(kind) > 0);
        }
        return named ? ExitCode.FINDINGS : incomplete ? ExitCode.INCOMPLETE : ExitCode.OK;
    }
}
