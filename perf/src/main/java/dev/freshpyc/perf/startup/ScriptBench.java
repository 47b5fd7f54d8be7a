package dev.freshpyc.perf.startup;

import dev.freshpyc.core.path.JavaPath;
import dev.freshpyc.perf.startup.ScriptStart.Measured;
import dev.freshpyc.perf.startup.ScriptStart.Script;
import dev.freshpyc.perf.startup.ScriptStart.Unmeasured;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Measures scripts with {@code --help}, as they are and repaired. A script that fails does not end the bench: of many scripts, some need
 * a terminal or a server.
 *
 * @param runs of each script in each state
 * @param limit of one run
 * @param cold whether the page cache is dropped before each run
 */
public record ScriptBench(int runs, Duration limit, boolean cold) {

    public ScriptStart measure(Script script) throws IOException, InterruptedException {
        if (!Files.isRegularFile(script.file()) || !Files.isExecutable(script.file())) {
            String file = JavaPath.toRaw(script.file()).shown();
            return new Unmeasured(script, file + ": is no executable file");
        }
        StartCommand help = new StartCommand(List.of(script.file().toString(), "--help"), Optional.empty(), limit);
        try {
            StartupBench bench = new StartupBench(help, List.of(StartState.AS_IS, StartState.REPAIRED), runs, cold);
            StartupBench.Result result = bench.run(() -> {});
            return new Measured(script, answer(result, StartState.AS_IS), answer(result, StartState.REPAIRED));
        } catch (StartupException failed) {
            return new Unmeasured(script, String.valueOf(failed.getMessage()));
        }
    }

    private static Interval answer(StartupBench.Result result, StartState state) {
        return Interval.of(result.of(state).orElseThrow().answer());
    }
}
