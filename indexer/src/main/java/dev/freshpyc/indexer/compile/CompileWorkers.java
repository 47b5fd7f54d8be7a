package dev.freshpyc.indexer.compile;

import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.indexer.compile.CompileOutcome.Compiled;
import dev.freshpyc.indexer.compile.CompileOutcome.TooLarge;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A pool of processes that compile, of any number of interpreters. They are started when they are first needed and kept
 * until the pool is closed, since to start one takes longer than to compile a file. A process that hangs, crashes or
 * answers nonsense is killed and replaced; only the file that it worked at is lost.
 */
public final class CompileWorkers implements AutoCloseable {

    private final int size;
    private final CompileLimits limits;
    private final Roster roster = new Roster();
    private final Map<WorkerCommand, Team> teams = new ConcurrentHashMap<>();

    private CompileWorkers(int size, CompileLimits limits) {
        this.size = size;
        this.limits = limits;
    }

    /**
     * A pool that has not started anything yet.
     *
     * @param size how many processes of one interpreter may run at once; Python 2 needs as many for each level
     */
    public static CompileWorkers of(int size, CompileLimits limits) {
        return new CompileWorkers(size, limits);
    }

    /**
     * Compiles one source and waits for it. To be called by as many threads as there are to be processes at work; a call
     * waits while all of them are taken.
     *
     * @throws InterruptedException when the thread is interrupted; the process that worked for it is killed
     * @throws IllegalStateException when the pool is closed, before the call or during it
     */
    public CompileOutcome compile(Compiler compiler, CompileRequest request) throws InterruptedException {
        roster.requireOpen();
        if (request.source().length > limits.source()) {
            return new TooLarge(limits.source());
        }
        Map<OptimizationLevel, byte[]> bodies = new HashMap<>();
        var commands = WorkerCommand.forLevels(compiler, request.levels());
        for (Map.Entry<WorkerCommand, List<OptimizationLevel>> command : commands.entrySet()) {
            CompileOutcome outcome = team(command.getKey()).compile(request, command.getValue());
            if (!(outcome instanceof Compiled some)) {
                return outcome;
            }
            bodies.putAll(some.bodies());
        }
        return new Compiled(bodies);
    }

    /** Kills every process. */
    @Override
    public void close() {
        roster.close();
    }

    private Team team(WorkerCommand command) {
        return teams.computeIfAbsent(command, wanted -> new Team(wanted, size, limits, roster));
    }
}
