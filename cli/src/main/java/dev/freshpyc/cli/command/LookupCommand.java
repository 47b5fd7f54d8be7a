package dev.freshpyc.cli.command;

import dev.freshpyc.cli.lookup.PathLookup;
import dev.freshpyc.cli.meter.LookupMeters;
import dev.freshpyc.cli.option.EnvironmentArguments;
import dev.freshpyc.cli.option.ExitCode;
import dev.freshpyc.cli.option.IndexArguments;
import dev.freshpyc.cli.option.InterpreterQuestion;
import dev.freshpyc.cli.option.Options;
import dev.freshpyc.cli.option.PrefixArgument;
import dev.freshpyc.cli.option.PythonTimeout;
import dev.freshpyc.cli.option.RootArgument;
import dev.freshpyc.cli.option.Streams;
import dev.freshpyc.cli.render.DocumentFormat;
import dev.freshpyc.cli.render.LookupReport;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.store.IndexStore;
import dev.freshpyc.indexer.fs.CanonicalPath;
import dev.freshpyc.indexer.index.NearestIndex;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code freshpyc lookup}: answers from the index alone. */
final class LookupCommand implements Command {

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name("lookup");
        spec.usageMessage().description("Prints what the index knows about a path, without reading the files.");
        IndexArguments.declare(spec);
        EnvironmentArguments.declare(spec, "Look under the cache prefix of this interpreter, where it has one.");
        spec.addOption(PythonTimeout.option())
                .addOption(InterpreterQuestion.isolation())
                .addOption(RootArgument.option())
                .addOption(PrefixArgument.option());
        return spec.addOption(Options.value("--format", "FORMAT", DocumentFormat.class, "text or json."))
                .addOption(MetricsFile.option())
                .addPositional(Options.somePaths("PATH", "Sources or bytecode files."));
    }

    @Override
    public int run(ParseResult parsed, Streams streams) {
        long begun = System.nanoTime();
        IndexStore store = IndexArguments.requiredToRead(parsed, streams);
        List<String> paths = parsed.matchedPositionalValue(0, List.of());
        Optional<RawPath> root = RootArgument.of(parsed);
        NearestIndex lookup = new NearestIndex(
                store,
                PrefixArgument.of(parsed, InterpreterQuestion.of(parsed).askInTime(streams.err())),
                directory -> CanonicalPath.of(RootArgument.resolve(root, directory)));
        List<RawPath> asked = paths.stream()
                .map(RawPath::of)
                .map(path -> root.isPresent() ? RawPath.of("/").resolve(path) : path)
                .toList();
        PathLookup records = new PathLookup(lookup, store::find);
        LookupMeters meters = new LookupMeters();
        boolean all;
        DocumentFormat format = parsed.matchedOptionValue("--format", DocumentFormat.TEXT);
        try (LookupReport report = LookupReport.of(format, streams.out(), Clock.systemUTC())) {
            all = StoreReads.ask(() -> records.answer(asked, report, meters));
        }
        MetricsFile.write(parsed, file -> meters.write(System.nanoTime() - begun, file));
        return all ? ExitCode.OK : ExitCode.INCOMPLETE;
    }
}
