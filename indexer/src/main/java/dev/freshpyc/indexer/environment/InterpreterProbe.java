package dev.freshpyc.indexer.environment;

import dev.freshpyc.core.file.UnixUser;
import dev.freshpyc.core.path.EnvironmentVariables;
import dev.freshpyc.core.path.JavaPath;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.environment.BoundedRun.RunResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Starts interpreters and reads what they report of themselves, in bounded time.
 *
 * <p>A probe is one process start: about 10 ms for CPython, most of it for {@code site}, which must run because it finds
 * site-packages; an {@link AnswerMemory} spares it. Only an interpreter before 3.4 is started twice: the first start ends at
 * once with an unknown option.
 */
public final class InterpreterProbe {

    /** Time limit of a probe: a thousand times what CPython needs, since GraalPy first starts a JVM. */
    public static final Duration DEFAULT_LIMIT = Duration.ofSeconds(10);

    private static final String TRACEBACK = "Traceback (most recent call last)";
    private static final int GIST_LENGTH = 200;

    private final ExecutableSearch search;
    private final Duration limit;
    private final boolean isolated;
    private final Optional<String> cachePrefix;
    private final AnswerMemory memory;

    private InterpreterProbe(
            ExecutableSearch search,
            Duration limit,
            boolean isolated,
            Optional<String> cachePrefix,
            AnswerMemory memory) {
        this.cachePrefix = cachePrefix;
        this.search = search;
        this.limit = limit;
        this.isolated = isolated;
        this.memory = memory;
    }

    /**
     * A probe with that time limit, which looks names up along the PATH of this process. It starts interpreters without the
     * user's variables and site-packages.
     */
    public static InterpreterProbe within(Duration limit) {
        return new InterpreterProbe(ExecutableSearch.ofThisProcess(), limit, true, Optional.empty(), AnswerMemory.NONE);
    }

    /** The same probe, which starts interpreters as the user's shell does, for the path and the prefix that the user has. */
    public InterpreterProbe asUser() {
        return new InterpreterProbe(search, limit, false, cachePrefix, memory);
    }

    /** This probe, except that interpreters get the user's cache prefix and no other variable of the user. */
    public InterpreterProbe withCachePrefix(Optional<String> prefix) {
        return new InterpreterProbe(search, limit, true, prefix, memory);
    }

    /** The same probe, which looks names up along {@code path}. */
    public InterpreterProbe along(String path) {
        return new InterpreterProbe(new ExecutableSearch(path), limit, isolated, cachePrefix, memory);
    }

    /** This probe, except that no interpreter whose answer is known is started. */
    public InterpreterProbe remembering(AnswerMemory answers) {
        return new InterpreterProbe(search, limit, isolated, cachePrefix, answers);
    }

    /**
     * Returns the report of an interpreter, which is started unless its answer is known.
     *
     * @param name a path, or a name to be found on PATH
     * @throws InterpreterException if the program cannot be found or started, hangs, fails, or is no known Python
     */
    public PythonEnvironment probe(String name) throws InterpreterException {
        String found = search.find(name);
        String executable = PyenvShim.of(found, EnvironmentVariables.all())
                .map(PyenvShim::program)
                .orElse(found);
        ProbeRequest request = request(executable);
        Optional<PythonEnvironment> known = memory.recall(request).flatMap(line -> environment(executable, line));
        return known.isPresent() ? known.get() : ask(request);
    }

    private ProbeRequest request(String executable) {
        List<String> command = command(executable);
        return new ProbeRequest(executable, command.subList(1, command.size()), isolated);
    }

    private static Optional<PythonEnvironment> environment(String executable, String line) {
        try {
            Optional<ProbeAnswer> answer = ProbeAnswer.ofLine(line);
            return answer.isPresent() ? Optional.of(answer.get().of(executable)) : Optional.empty();
        } catch (InterpreterException damaged) {
            return Optional.empty();
        }
    }

    private PythonEnvironment ask(ProbeRequest request) throws InterpreterException {
        String executable = request.executable();
        Instant begun = Instant.now();
        long start = System.nanoTime();
        try {
            RunResult result = BoundedRun.of(command(executable), limit);
            if (isolated && result instanceof RunResult.Ended ended && ended.status() == ProbeScript.UNKNOWN_OPTION) {
                result = BoundedRun.of(ProbeScript.older(executable), limit.minusNanos(System.nanoTime() - start));
            }
            ProbeAnswer answer = answer(executable, result);
            PythonEnvironment environment = answer.of(executable);
            memory.remember(request, answer.line(), environment, begun);
            return environment;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw InterpreterException.interrupted(executable);
        }
    }

    private List<String> command(String executable) {
        return isolated ? ProbeScript.isolated(executable, cachePrefix) : ProbeScript.asUser(executable, mayUseHome());
    }

    /** Whether the home directory is the effective user's: under sudo, code in another user's home would run as root. */
    public static boolean mayUseHome() {
        @Nullable String home = EnvironmentVariables.all().get("HOME");
        Optional<Integer> user = UnixUser.effective();
        return home == null
                || user.isEmpty()
                || UnixUser.ownerOf(JavaPath.of(home)).equals(user);
    }

    private ProbeAnswer answer(String executable, RunResult result) throws InterpreterException {
        return switch (result) {
            case RunResult.Ended ended -> answer(executable, ended);
            case RunResult.TimedOut _ -> throw InterpreterException.timedOut(executable, limit);
            case RunResult.Flooded _ -> throw InterpreterException.flooded(executable, BoundedRun.OUTPUT_LIMIT);
            case RunResult.NotStarted(String why) -> throw InterpreterException.notStarted(executable, why);
        };
    }

    private static ProbeAnswer answer(String executable, RunResult.Ended ended) throws InterpreterException {
        Optional<ProbeAnswer> answer = ProbeAnswer.within(ended.output());
        if (answer.isPresent()) {
            return answer.get();
        }
        if (ended.status() != 0) {
            throw InterpreterException.failed(executable, ended.status(), gist(ended.complaint()));
        }
        throw InterpreterException.notPython(executable);
    }

    /**
     * The most informative line of an error output, escaped: the last line of a traceback, or the first line of any
     * other output.
     */
    private static String gist(String complaint) {
        List<String> lines = complaint.strip().lines().toList();
        String line = complaint.contains(TRACEBACK) ? lines.getLast() : lines.isEmpty() ? "" : lines.getFirst();
        byte[] bytes = line.strip().getBytes(StandardCharsets.ISO_8859_1);
        return RawPath.of(bytes, 0, Math.min(bytes.length, GIST_LENGTH)).shown();
    }
}
