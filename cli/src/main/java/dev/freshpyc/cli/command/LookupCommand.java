package dev.freshpyc.cli.command;

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
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.core.store.Generation.Found;
import dev.freshpyc.core.store.IndexStore;
import dev.freshpyc.indexer.fs.CanonicalPath;
import dev.freshpyc.indexer.index.IndexLookup;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
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
        IndexLookup lookup = new IndexLookup(
                store,
                PrefixArgument.of(parsed, InterpreterQuestion.of(parsed).askInTime(streams.err())),
                directory -> CanonicalPath.of(RootArgument.resolve(root, directory)));
        List<Asked> asked = paths.stream()
                .map(RawPath::of)
                .map(path -> ask(root.isPresent() ? RawPath.of("/").resolve(path) : path, lookup))
                .toList();
        Map<RawPath, Found> found = find(asked, store);
        LookupMeters meters = new LookupMeters();
        boolean all = true;
        DocumentFormat format = parsed.matchedOptionValue("--format", DocumentFormat.TEXT);
        try (LookupReport report = LookupReport.of(format, streams.out(), Clock.systemUTC())) {
            for (Asked one : asked) {
                all &= answer(one, found.get(one.entry()), report, meters);
            }
        }
        MetricsFile.write(parsed, file -> meters.write(System.nanoTime() - begun, file));
        return all ? ExitCode.OK : ExitCode.INCOMPLETE;
    }

    /**
     * A path with the index that has it.
     *
     * @param entry the entry of the index; {@link RawPath#EMPTY} where no index has the path
     * @param key the source relative to the entry
     */
    private record Asked(RawPath path, RawPath entry, RawPath key) {}

    private static Asked ask(RawPath path, IndexLookup lookup) {
        return StoreReads.ask(() -> lookup.find(path))
                .map(place -> new Asked(path, place.entry(), place.source()))
                .orElse(new Asked(path, RawPath.EMPTY, RawPath.EMPTY));
    }

    /** Reads each index once, for all of its paths. */
    private static Map<RawPath, Found> find(List<Asked> asked, IndexStore store) {
        Map<RawPath, Set<RawPath>> keys = new LinkedHashMap<>();
        asked.stream()
                .filter(one -> one.entry().isAbsolute())
                .forEach(one -> keys.computeIfAbsent(one.entry(), _ -> new LinkedHashSet<>())
                        .add(one.key()));
        Map<RawPath, Found> found = new HashMap<>();
        keys.forEach((entry, sources) ->
                StoreReads.ask(() -> store.find(entry, sources)).ifPresent(records -> found.put(entry, records)));
        return found;
    }

    private static boolean answer(Asked asked, @Nullable Found found, LookupReport report, LookupMeters meters) {
        @Nullable SourceRecord record = found == null ? null : found.records().get(asked.key());
        if (found == null || record == null) {
            report.unknown(asked.path());
            meters.unknown();
            return false;
        }
        report.known(asked.path(), asked.key(), found.info(), record);
        meters.known(record);
        return true;
    }
}
