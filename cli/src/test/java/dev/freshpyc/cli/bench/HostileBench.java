package dev.freshpyc.cli.bench;

import dev.freshpyc.perf.startup.ImportTime;
import dev.freshpyc.perf.startup.ModuleCost;
import dev.freshpyc.perf.startup.ModuleOrigin;
import dev.freshpyc.perf.startup.ModuleSource;
import dev.freshpyc.perf.startup.StartProfile;
import dev.freshpyc.perf.startup.StartRun;
import dev.freshpyc.perf.startup.StartSeries;
import dev.freshpyc.perf.startup.StartState;
import dev.freshpyc.perf.startup.StartupBench;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Results of a bench in which the command and the modules have names with markup and control characters. */
final class HostileBench {

    static final String IMAGE = "<img/src=x/onerror=alert(1)>";

    static final String SCRIPT = "x</title></svg><script>document.title='owned'</script>";

    private HostileBench() {}

    /** The HTML page of the results, with a saved profile. */
    static byte[] page() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
            SavedProfile profile =
                    new SavedProfile(57, 512_000, 30_000_000, OptionalDouble.empty(), OptionalDouble.of(151));
            BenchPage.print(List.of("shop", IMAGE, "\u001b[31m\u202e"), result(), Optional.of(profile), out);
        }
        return bytes.toByteArray();
    }

    private static StartupBench.Result result() {
        List<ImportTime> imports = new ArrayList<>(List.of(
                new ImportTime("shop.prices", 2, 90_000, 90_000),
                new ImportTime(IMAGE, 2, 60_000, 60_000),
                new ImportTime("shop.basket", 1, 50_000, 200_000),
                new ImportTime("_json", 1, 80_000, 80_000),
                new ImportTime("shop", 0, 20_000, 300_000),
                new ImportTime("narrow", 1, 500, 500),
                new ImportTime(SCRIPT, 0, 150_000, 150_500)));
        List<ModuleCost> modules = new ArrayList<>(imports.stream()
                .map(time -> new ModuleCost(
                        time.module(),
                        source(time.module()),
                        time.self(),
                        time.cumulative(),
                        OptionalLong.of(time.self() / 2)))
                .toList());
        for (int i = 0; i < 50; i++) {
            modules.add(new ModuleCost(
                    "plain" + i, new ModuleSource(ModuleOrigin.LOADED, "/app"), 100, 100, OptionalLong.of(0)));
        }
        return new StartupBench.Result(
                List.of(
                        series(StartState.AS_IS, 631, imports),
                        series(StartState.REPAIRED, 151, List.of()),
                        series(StartState.STALE_READONLY, 702, List.of())),
                57,
                true,
                modules,
                Optional.of("3.11.7"),
                new StartProfile(new TreeSet<>(), 0, Set.of(), Set.of()));
    }

    private static ModuleSource source(String module) {
        return module.startsWith("_")
                ? new ModuleSource(ModuleOrigin.EXTENSION, "/lib")
                : new ModuleSource(ModuleOrigin.COMPILED, "/app");
    }

    private static StartSeries series(StartState state, double millis, List<ImportTime> imports) {
        return new StartSeries(
                state,
                IntStream.range(-4, 5)
                        .mapToObj(run ->
                                new StartRun(millis + run - 20, millis + run, Optional.empty(), imports, List.of()))
                        .toList());
    }
}
