package dev.freshpyc.cli.command;

import dev.freshpyc.cli.meter.LookupMeters;
import dev.freshpyc.cli.render.LookupReport;
import dev.freshpyc.cli.render.Shape;
import dev.freshpyc.core.file.RawPath;
import dev.freshpyc.core.store.Generation;
import dev.freshpyc.core.store.IndexStore;
import dev.freshpyc.core.store.chronicle.ChronicleStore;
import dev.freshpyc.indexer.index.ChangedPaths;
import dev.freshpyc.indexer.index.EntryPaths;
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
        spec.usageMessage().description("Answers from the index alone, without looking at the files.");
        IndexArguments.declare(spec);
        return spec.addOption(Options.value("--format", "FORMAT", Shape.class, "text or json."))
                .addOption(MetricsFile.option())
                .addPositional(Options.somePaths("PATH", "Sources or bytecode files."));
    }

    @Override
    public void prepare(List<String> args) {
        ChronicleStore.prepare();
    }

    @Override
    public int run(ParseResult parsed, Streams streams) {
        long begun = System.nanoTime();
        IndexStore store = IndexArguments.required(parsed, streams);
        List<String> paths = parsed.matchedPositionalValue(0, List.of());
        LookupMeters meters = new LookupMeters();
        boolean all = true;
        Shape shape = parsed.matchedOptionValue("--format", Shape.TEXT);
        try (LookupReport report = LookupReport.of(shape, streams.out(), Clock.systemUTC())) {
            for (String path : paths) {
                boolean known = lookUp(RawPath.of(path), store, report, meters);
                all &= known;
            }
        }
        MetricsFile.write(parsed, file -> meters.write(System.nanoTime() - begun, file));
        return all ? ExitCode.OK : ExitCode.INCOMPLETE;
    }

    private static boolean lookUp(RawPath path, IndexStore store, LookupReport report, LookupMeters meters) {
        Optional<RawPath> source = ChangedPaths.source(path.absolute());
        Optional<RawPath> canonical =
                source.map(file -> EntryPaths.canonical(file.parent()).resolve(file.name()));
        Optional<Generation> generation = canonical.flatMap(file -> nearest(file.parent(), store));
        if (generation.isEmpty()) {
            report.unknown(path);
            meters.unknown();
            return false;
        }
        try (Generation open = generation.get()) {
            RawPath key = canonical.get().relativeTo(open.info().entry()).orElseThrow();
            var record = open.get(key);
            record.ifPresentOrElse(
                    known -> {
                        report.known(path, key, open.info(), known);
                        meters.known(known);
                    },
                    () -> {
                        report.unknown(path);
                        meters.unknown();
                    });
            return record.isPresent();
        }
    }

    /** The index of the nearest directory above that has one. */
    private static Optional<Generation> nearest(RawPath directory, IndexStore store) {
        RawPath at = directory;
        while (true) {
            RawPath entry = at;
            if (Indexes.ask(() -> store.info(entry)).isPresent()) {
                return Indexes.ask(() -> store.open(entry));
            }
            if (at.parent().equals(at) || at.equals(RawPath.EMPTY)) {
                return Optional.empty();
            }
            at = at.parent();
        }
    }
}
