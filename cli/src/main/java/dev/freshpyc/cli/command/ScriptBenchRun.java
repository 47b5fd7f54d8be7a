package dev.freshpyc.cli.command;

import dev.freshpyc.cli.bench.ScriptReport;
import dev.freshpyc.cli.option.CommandFailure;
import dev.freshpyc.cli.option.ExitCode;
import dev.freshpyc.cli.render.RunProgress;
import dev.freshpyc.core.metadata.Distribution;
import dev.freshpyc.core.metadata.EntryPointAnswer;
import dev.freshpyc.core.metadata.EntryPointAnswer.FoundEntryPoint;
import dev.freshpyc.core.metadata.MetadataRules;
import dev.freshpyc.core.path.JavaPath;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.store.StoreEvents;
import dev.freshpyc.core.verdict.RacyWindow;
import dev.freshpyc.indexer.environment.PythonEnvironment;
import dev.freshpyc.indexer.metadata.EntryPointCache;
import dev.freshpyc.indexer.metadata.EntryPointCache.Belief;
import dev.freshpyc.indexer.progress.ProgressMeter;
import dev.freshpyc.indexer.progress.ProgressMeter.Stage;
import dev.freshpyc.perf.startup.ScriptBench;
import dev.freshpyc.perf.startup.ScriptStart;
import dev.freshpyc.perf.startup.ScriptStart.Script;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Measures the scripts of one environment, one after another. A script is looked for where installers place it: beside the interpreter,
 * or in the directory {@code bin} of the prefix that has the distribution.
 *
 * @param group of the entry points, such as {@code console_scripts}
 */
record ScriptBenchRun(PythonEnvironment python, String group, ScriptBench bench) {

    static final String DEFAULT_GROUP = "console_scripts";

    private static final int MOST_SCRIPTS = 200;

    /** The number of names between the prefix and a distribution: {@code lib/python3.14/site-packages}. */
    private static final int NAMES_BELOW_PREFIX = 3;

    /** @param err gets a line if there are too many scripts, and the progress if it is a terminal */
    ScriptReport run(PrintStream err) throws IOException, InterruptedException {
        Collection<Script> scripts = scripts();
        if (scripts.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.INCOMPLETE,
                    "no distribution of " + python.executable().shown() + " has an entry point of the group '"
                            + RawPath.of(group).shown() + "'");
        }
        if (scripts.size() > MOST_SCRIPTS) {
            err.println("freshpyc: bench: of " + scripts.size() + " scripts, the first " + MOST_SCRIPTS
                    + " by name are measured");
        }
        List<Script> measured = scripts.stream().limit(MOST_SCRIPTS).toList();
        List<ScriptStart> starts = new ArrayList<>();
        ProgressMeter meter = new ProgressMeter();
        meter.begin(Stage.MEASURING, measured.size());
        try (RunProgress _ = RunProgress.start(meter::now, err, false)) {
            for (Script script : measured) {
                starts.add(bench.measure(script));
                meter.step();
            }
        }
        return new ScriptReport(group, python.executable().toPython(), bench.runs(), bench.cold(), starts);
    }

    private Collection<Script> scripts() {
        EntryPointCache cache = new EntryPointCache(
                Optional.empty(), Optional.empty(), StoreEvents.NONE, RacyWindow.DEFAULT, InstantSource.system());
        List<EntryPointAnswer.EntryMetadata> entries = python.path().stream()
                .map(entry -> new EntryPointAnswer.EntryMetadata(entry, cache.metadata(entry, Belief.STAT)))
                .toList();
        EntryPointAnswer answer = EntryPointAnswer.of(
                        entries, MetadataRules.of(python.interpreter().version()))
                .select(Optional.of(group), Optional.empty());
        Map<String, Script> scripts = new TreeMap<>();
        for (FoundEntryPoint found : answer.found()) {
            String name = found.entryPoint().name();
            if (isFileName(name)) {
                Distribution distribution = found.distribution();
                scripts.putIfAbsent(
                        name, new Script(name, file(name, found.entry()), distribution.name(), distribution.version()));
            }
        }
        return scripts.values();
    }

    /** Whether a name is that of a file. Names come from metadata, and a name with a slash could lead to any program. */
    private static boolean isFileName(String name) {
        return !name.isEmpty()
                && name.indexOf('/') < 0
                && name.indexOf('\0') < 0
                && !name.equals(".")
                && !name.equals("..");
    }

    private Path file(String name, RawPath entry) {
        List<Path> places = Stream.concat(
                        Stream.of(JavaPath.of(python.program()), JavaPath.of(python.executable()))
                                .map(program -> Optional.ofNullable(program.getParent()))
                                .flatMap(Optional::stream),
                        prefix(JavaPath.of(entry)).map(prefix -> prefix.resolve("bin")).stream())
                .map(directory -> directory.resolve(name))
                .toList();
        return places.stream().filter(Files::isExecutable).findFirst().orElse(places.getFirst());
    }

    private static Optional<Path> prefix(Path entry) {
        Optional<Path> prefix = Optional.of(entry);
        for (int i = 0; i < NAMES_BELOW_PREFIX; i++) {
            prefix = prefix.map(Path::getParent);
        }
        return prefix;
    }
}
