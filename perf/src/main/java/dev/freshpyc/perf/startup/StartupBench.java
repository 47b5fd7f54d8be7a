package dev.freshpyc.perf.startup;

import dev.freshpyc.perf.startup.StartSeries.ModuleTime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

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
     * @param cold whether the page cache was dropped before each run
     * @param modules costs of the modules, the largest saving first; empty without {@link StartState#AS_IS}
     * @param python the version of the command's interpreter; empty where it is not known
     * @param profile the compiled modules by name
     */
    public record Result(
            List<StartSeries> series,
            int compiledModules,
            boolean cold,
            List<ModuleCost> modules,
            Optional<String> python,
            StartProfile profile) {

        public Result {
            series = List.copyOf(series);
            modules = List.copyOf(modules);
        }

        /** The runs of a state; empty if it was not measured. */
        public Optional<StartSeries> of(StartState state) {
            return series.stream().filter(one -> one.state() == state).findFirst();
        }
    }

    /** How often {@link #run} starts the command in the states. */
    public int starts() {
        return (runs + 1) * states.size();
    }

    /**
     * Starts the command in all states.
     *
     * @param started runs after each start
     */
    public Result run(Runnable started) throws IOException, StartupException, InterruptedException {
        try (StateCaches caches = StateCaches.prepare(command, states)) {
            List<StartSeries> series = series(caches, started);
            Result bare = new Result(series, caches.size(), cold, List.of(), Optional.empty(), caches.profile());
            Optional<StartSeries> asIs = bare.of(StartState.AS_IS);
            if (asIs.isEmpty()) {
                return bare;
            }
            VerboseStart verbose = verboseStart(caches);
            return new Result(
                    series,
                    bare.compiledModules(),
                    cold,
                    costs(asIs.get(), bare.of(StartState.REPAIRED), verbose),
                    verbose.python(),
                    bare.profile());
        }
    }

    private List<StartSeries> series(StateCaches caches, Runnable started)
            throws IOException, StartupException, InterruptedException {
        Map<StartState, List<StartRun>> measured = new LinkedHashMap<>();
        states.forEach(state -> measured.put(state, new ArrayList<>()));
        for (int round = 0; round <= runs; round++) {
            for (StartState state : states) {
                caches.beforeRun(state);
                if (cold) {
                    PageCache.drop();
                }
                StartRun run = command.run(caches.environment(state));
                started.run();
                if (round > 0) {
                    Objects.requireNonNull(measured.get(state)).add(run);
                }
            }
        }
        List<StartSeries> series = new ArrayList<>();
        measured.forEach((state, all) -> series.add(new StartSeries(state, all)));
        return series;
    }

    private VerboseStart verboseStart(StateCaches caches) throws StartupException, InterruptedException {
        Map<String, String> variables = new LinkedHashMap<>(caches.environment(StartState.AS_IS));
        variables.put("PYTHONVERBOSE", "1");
        variables.put("PYTHONPROFILEIMPORTTIME", "");
        return VerboseStart.of(command.run(variables).verbose());
    }

    private static List<ModuleCost> costs(StartSeries asIs, Optional<StartSeries> repaired, VerboseStart verbose) {
        Optional<Map<String, ModuleTime>> after = repaired.map(StartSeries::modules);
        List<ModuleCost> costs = new ArrayList<>();
        asIs.modules().forEach((module, now) -> {
            ModuleSource source = verbose.source(module);
            OptionalLong saved = after.isEmpty()
                    ? OptionalLong.empty()
                    : OptionalLong.of(saved(source, now, after.get().getOrDefault(module, now)));
            costs.add(new ModuleCost(module, source, now.self(), now.cumulative(), saved));
        });
        costs.sort(Comparator.comparingLong((ModuleCost cost) -> cost.saved().orElse(0))
                .thenComparingLong(ModuleCost::cumulative)
                .reversed());
        return costs;
    }

    private static long saved(ModuleSource source, ModuleTime now, ModuleTime repaired) {
        return source.origin() == ModuleOrigin.COMPILED ? Math.max(0, now.self() - repaired.self()) : 0;
    }
}
