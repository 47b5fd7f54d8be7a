package dev.freshpyc.cli.command;

import dev.freshpyc.cli.option.EnvironmentArguments;
import dev.freshpyc.cli.option.ExitCode;
import dev.freshpyc.cli.option.IndexArguments;
import dev.freshpyc.cli.option.InterpreterQuestion;
import dev.freshpyc.cli.option.Options;
import dev.freshpyc.cli.option.PythonTimeout;
import dev.freshpyc.cli.option.RootArgument;
import dev.freshpyc.cli.option.Streams;
import dev.freshpyc.cli.render.DocumentFormat;
import dev.freshpyc.cli.render.EnvironmentsReport;
import dev.freshpyc.cli.render.EnvironmentsReport.PathKind;
import dev.freshpyc.cli.render.EnvironmentsReport.PathRow;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.fs.TreeReader;
import dev.freshpyc.indexer.host.HostFiles;
import dev.freshpyc.indexer.inventory.DistributionOwner;
import dev.freshpyc.indexer.inventory.Installation;
import dev.freshpyc.indexer.inventory.Inventory.Entry;
import dev.freshpyc.indexer.inventory.PycCounter;
import dev.freshpyc.indexer.scan.GivenPath;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.site.SiteFiles;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code freshpyc environments}: lists interpreters and virtual environments, with the entries of their paths. */
final class EnvironmentsCommand implements Command {

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name("environments");
        spec.usageMessage()
                .description(
                        "Lists interpreters and virtual environments with their sys.path, how many bytecode files each entry"
                                + " has, and what is odd: code that runs at every start, entries that are missing or stand there twice.");
        EnvironmentArguments.declare(spec, "List this interpreter. Default: all that are found.");
        IndexArguments.declare(spec);
        return spec.addOption(PythonTimeout.option())
                .addOption(InterpreterQuestion.isolation())
                .addOption(RootArgument.option())
                .addOption(Options.value("--format", "FORMAT", DocumentFormat.class, "text or json."));
    }

    @Override
    public void prepare(List<String> args) {
        HostFiles.prepare();
    }

    @Override
    public int run(ParseResult parsed, Streams streams) {
        Optional<RawPath> root = RootArgument.of(parsed);
        InterpreterQuestion question = InterpreterQuestion.of(parsed);
        SiteFiles files = EnvironmentArguments.files(root);
        List<Entry> entries = EnvironmentArguments.entries(parsed, root, question.probe());
        boolean complete = true;
        DocumentFormat format = parsed.matchedOptionValue("--format", DocumentFormat.TEXT);
        try (TreeReader trees = HostFiles.readers(root).get();
                EnvironmentsReport report =
                        new EnvironmentsReport(format, streams.out(), new DistributionOwner(files)::of)) {
            PycCounter counter = new PycCounter(trees);
            for (Entry entry : entries) {
                switch (entry) {
                    case Entry.Known(Installation known) ->
                        report.environment(known, rows(known, files, counter, root));
                    case Entry.Unknown(RawPath program, String reason) -> {
                        streams.err().println("freshpyc: left out: " + program.shown() + " " + reason);
                        complete = false;
                    }
                }
            }
        }
        return complete ? ExitCode.OK : ExitCode.INCOMPLETE;
    }

    private static List<PathRow> rows(Installation known, SiteFiles files, PycCounter counter, Optional<RawPath> root) {
        Map<RawPath, RawPath> outside = new LinkedHashMap<>();
        known.path().stream()
                .filter(files::isDirectory)
                .forEach(entry -> outside.put(entry, RootArgument.resolve(root, entry)));
        Map<RawPath, Long> pycs = counter.count(List.copyOf(outside.values()));
        return known.path().stream()
                .map(entry -> outside.containsKey(entry)
                        ? new PathRow(entry, PathKind.DIRECTORY, pycs.getOrDefault(outside.get(entry), 0L))
                        : noDirectory(entry, files, counter, root))
                .toList();
    }

    /** The row of an entry that is no directory: an archive, a path into one, another file, or absent. */
    private static PathRow noDirectory(RawPath entry, SiteFiles files, PycCounter counter, Optional<RawPath> root) {
        Optional<PathEntry.Archive> archive = GivenPath.archive(RootArgument.resolve(root, entry), 0);
        long pycs = archive.map(found -> counter.countArchive(found.file(), found.inner()))
                .orElse(0L);
        return new PathRow(
                entry, archive.isPresent() || files.exists(entry) ? PathKind.ARCHIVE : PathKind.MISSING, pycs);
    }
}
