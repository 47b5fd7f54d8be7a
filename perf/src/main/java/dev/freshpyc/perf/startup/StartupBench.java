package dev.freshpyc.perf.startup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Measures the starts of a command in turns, one of each state in every round, after one uncounted round: the load of a shared machine
 * changes over minutes, and so meets all states alike.
 *
 * @param cold whether the page cache is dropped before each run
 */
public record StartupBench(StartCommand command, List<StartState> states, int runs, boolean cold) {

    public StartupBench {
        states = List.copyOf(states);
    }

    /**
     * The result of a bench.
     *
     * @param compiledModules how many modules the command's interpreter compiled for the states
     * @param modules costs of the modules, the largest saving first; empty without {@link StartState#AS_IS}
     * @param profile the compiled modules by name
     */
    public record Result(
            List<StartSeries> series, int compiledModules, List<ModuleCost> modules, StartProfile profile) {

        public Result {
            series = List.copyOf(series);
            modules = List.copyOf(modules);
        }

        /** The runs of a state; empty if it was not measured. */
        public Optional<StartSeries> of(StartState state) {
            return series.stream().filter(one -> one.state() == state).findFirst();
        }
    }

    public Result run() throws IOException, StartupException, InterruptedException {
        try (StateCaches caches = StateCaches.prepare(command, states)) {
            Map<StartState, List<StartRun>> measured = new LinkedHashMap<>();
            states.forEach(state -> measured.put(state, new ArrayList<>()));
            for (int round = 0; round <= runs; round++) {
                for (StartState state : states) {
                    caches.beforeRun(state);
                    if (cold) {
                        PageCache.drop();
                    }
                    StartRun run = command.run(caches.environment(state));
                    if (round > 0) {
                        Objects.requireNonNull(measured.get(state)).add(run);
                    }
                }
            }
            List<StartSeries> series = new ArrayList<>();
            measured.forEach((state, all) -> series.add(new StartSeries(state, all)));
            Result bare = new Result(series, caches.size(), List.of(), caches.profile());
            Optional<StartSeries> asIs = bare.of(StartState.AS_IS);
            return asIs.isEmpty()
                    ? bare
                    : new Result(
                            series,
                            caches.size(),
                            costs(asIs.get(), bare.of(StartState.REPAIRED), caches),
                            bare.profile());
        }
    }

    private List<ModuleCost> costs(StartSeries asIs, Optional<StartSeries> repaired, StateCaches caches)
            throws StartupException, InterruptedException {
        Map<String, String> verbose = new LinkedHashMap<>(caches.environment(StartState.AS_IS));
        verbose.put("PYTHONVERBOSE", "1");
        verbose.put("PYTHONPROFILEIMPORTTIME", "");
        Map<String, ModuleOrigin> origins = ModuleOrigin.of(command.run(verbose).verbose());
        Map<String, ImportTime> after = repaired.map(StartSeries::modules).orElse(Map.of());
        List<ModuleCost> costs = new ArrayList<>();
        for (ImportTime now : asIs.modules().values()) {
            ModuleOrigin origin = origins.getOrDefault(now.module(), ModuleOrigin.UNKNOWN);
            ImportTime then = after.getOrDefault(now.module(), now);
            long saved = origin == ModuleOrigin.COMPILED ? Math.max(0, now.self() - then.self()) : 0;
            costs.add(new ModuleCost(now.module(), origin, now.self(), now.cumulative(), saved));
        }
        costs.sort(Comparator.comparingLong(ModuleCost::saved)
                .thenComparingLong(ModuleCost::cumulative)
                .reversed());
        return costs;
    }
}
