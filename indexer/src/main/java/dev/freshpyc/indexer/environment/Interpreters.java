package dev.freshpyc.indexer.environment;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.environment.BoundedRun.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Asks interpreters what they are, in bounded time.
 *
 * <p>This is on the way of the default command, so it is one process start: some 10 ms for a CPython that runs {@code
 * site}, which no option can spare because {@code site} finds site-packages. Only an interpreter before 3.4 is started
 * twice, and its first start ends at the option that it does not know.
 */
public final class Interpreters {

    /**
     * How long an interpreter may take: a thousand times what CPython takes, most of it for a GraalPy that has
     * to start a JVM first.
     */
    public static final Duration DEFAULT_LIMIT = Duration.ofSeconds(10);

    private static final String TRACEBACK = "Traceback (most recent call last)";
    private static final int GIST_LENGTH = 200;

    private final ExecutableSearch search;
    private final Duration limit;

    private Interpreters(ExecutableSearch search, Duration limit) {
        this.search = search;
        this.limit = limit;
    }

    /** Interpreters found by this process's PATH. */
    public static Interpreters within(Duration limit) {
        return new Interpreters(ExecutableSearch.ofThisProcess(), limit);
    }

    /** The same, where programs are looked for along {@code path}. */
    public Interpreters along(String path) {
        return new Interpreters(new ExecutableSearch(path), limit);
    }

    /**
     * Starts {@code name}, a path or a name to be found by PATH, and asks it.
     *
     * @throws InterpreterException when it cannot be found or started, hangs, fails, or is no Python that is known
     */
    public Environment ask(String name) throws InterpreterException {
        String executable = search.find(name);
        long start = System.nanoTime();
        try {
            Outcome outcome = BoundedRun.of(Question.isolated(executable), limit);
            if (outcome instanceof Outcome.Ended ended && ended.status() == Question.UNKNOWN_OPTION) {
                outcome = BoundedRun.of(Question.older(executable), limit.minusNanos(System.nanoTime() - start));
            }
            return environment(executable, outcome);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw InterpreterException.interrupted(executable);
        }
    }

    private Environment environment(String executable, Outcome outcome) throws InterpreterException {
        return switch (outcome) {
            case Outcome.Ended ended -> environment(executable, ended);
            case Outcome.TimedOut _ -> throw InterpreterException.timedOut(executable, limit);
            case Outcome.Flooded _ -> throw InterpreterException.flooded(executable, BoundedRun.OUTPUT_LIMIT);
            case Outcome.NotStarted(String why) -> throw InterpreterException.notStarted(executable, why);
        };
    }

    private static Environment environment(String executable, Outcome.Ended ended) throws InterpreterException {
        Optional<Answer> answer = Answer.within(ended.output());
        if (answer.isPresent()) {
            return answer.get().of(executable);
        }
        if (ended.status() != 0) {
            throw InterpreterException.failed(executable, ended.status(), gist(ended.complaint()));
        }
        throw InterpreterException.notPython(executable);
    }

    /**
     * A traceback says at its end what went wrong, all else at its start. Escaped, since it becomes part of a
     * message.
     */
    private static String gist(String complaint) {
        List<String> lines = complaint.strip().lines().toList();
        String line = complaint.contains(TRACEBACK) ? lines.getLast() : lines.isEmpty() ? "" : lines.getFirst();
        byte[] bytes = line.strip().getBytes(StandardCharsets.ISO_8859_1);
        return RawPath.of(bytes, 0, Math.min(bytes.length, GIST_LENGTH)).shown();
    }
}
