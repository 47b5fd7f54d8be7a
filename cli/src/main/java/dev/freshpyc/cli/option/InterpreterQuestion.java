package dev.freshpyc.cli.option;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.KnownInterpreter;
import dev.freshpyc.indexer.environment.AnswerMemory;
import dev.freshpyc.indexer.environment.InterpreterException;
import dev.freshpyc.indexer.environment.InterpreterProbe;
import dev.freshpyc.indexer.environment.PythonEnvironment;
import dev.freshpyc.indexer.fs.JavaPath;
import dev.freshpyc.indexer.interpreter.InterpreterLocator;
import dev.freshpyc.indexer.scan.PathEntry;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * Which interpreter a command asks for its version, cache prefix and {@code sys.path}, and how long it waits.
 *
 * @param pythons the names or paths that the user gave
 * @param all whether the user wants all interpreters that are found
 * @param elsewhere whether the interpreters are those of another system, in which their paths lie: none of them is started
 * @param isolated whether the interpreter is started without the user's variables and site-packages
 * @param given the paths that are looked at: whatever the user's variables say, none of their code runs
 * @param answers what earlier runs were answered
 */
public record InterpreterQuestion(
        List<String> pythons,
        boolean all,
        boolean elsewhere,
        Duration limit,
        boolean isolated,
        List<RawPath> given,
        AnswerMemory answers) {

    private static final String ISOLATED = "--isolated";

    /** {@code -I}. */
    public static OptionSpec isolation() {
        return OptionSpec.builder("-I", ISOLATED)
                .type(boolean.class)
                .description(
                        "Ask the interpreter as with its option -I: without PYTHONPATH, PYTHONPYCACHEPREFIX and the user's site-packages.")
                .build();
    }

    /** The interpreter that is asked where the user names none. */
    public static final String DEFAULT_PYTHON = "python3";

    /** The arguments {@code --python}, {@code --python-timeout} and {@code --isolated}. */
    public static InterpreterQuestion of(ParseResult parsed) {
        List<RawPath> given = parsed.matchedPositionals().stream()
                .flatMap(paths -> paths.originalStringValues().stream())
                .map(RawPath::of)
                .toList();
        return of(parsed, given);
    }

    /** The same arguments of a command that takes further words beside its paths. */
    public static InterpreterQuestion of(ParseResult parsed, List<RawPath> given) {
        boolean elsewhere = RootArgument.of(parsed).isPresent() && given.isEmpty();
        return new InterpreterQuestion(
                EnvironmentArguments.named(parsed, !given.isEmpty()),
                EnvironmentArguments.isAll(parsed),
                elsewhere,
                PythonTimeout.of(parsed),
                parsed.hasMatchedOption(ISOLATED),
                given,
                IndexArguments.answers(parsed));
    }

    /** Finds interpreters that compile; none of them lies in a tree that is looked at, except the one that the user named. */
    public InterpreterLocator compilers(List<PathEntry> entries) {
        List<Path> scanned =
                entries.stream().map(entry -> JavaPath.of(entry.path())).toList();
        return InterpreterLocator.of(
                elsewhere ? List.of() : pythons,
                System.getenv(),
                scanned,
                InterpreterProbe.within(limit).remembering(answers));
    }

    /** Whether the user named an interpreter, or wants all. */
    public boolean isAsked() {
        return all || !pythons.isEmpty();
    }

    /** Whether several interpreters are meant, of which none judges alone. */
    boolean isOfSeveral() {
        return all || pythons.size() > 1;
    }

    /** Whether the one interpreter that was asked did not answer. */
    public boolean isUnanswered(Optional<PythonEnvironment> answer) {
        return isAsked() && !isOfSeveral() && !elsewhere && answer.isEmpty();
    }

    /** The same question, to {@code other} where the user named no interpreter. */
    InterpreterQuestion orOf(String other) {
        return new InterpreterQuestion(
                pythons.isEmpty() ? List.of(other) : pythons, all, elsewhere, limit, isolated, given, answers);
    }

    /** The answer of the one interpreter that the user named, or of the default one. */
    public PythonEnvironment askOne() {
        if (isOfSeveral()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "give one environment: one " + EnvironmentArguments.PYTHON + " EXE or one "
                            + EnvironmentArguments.VENV + " DIR");
        }
        return orOf(DEFAULT_PYTHON).ask().orElseThrow();
    }

    /** The answer; empty where no interpreter is asked. An interpreter that does not answer ends the command. */
    Optional<PythonEnvironment> ask() {
        try {
            return answer();
        } catch (InterpreterException failed) {
            throw failure(failed);
        }
    }

    /** The answer, for a command that can do without it: when the interpreter takes too long, a line is printed. */
    public Optional<PythonEnvironment> askInTime(PrintStream err) {
        try {
            return answer();
        } catch (InterpreterException failed) {
            if (!failed.isTimeout()) {
                throw failure(failed);
            }
            err.println(
                    "freshpyc: interpreter '" + RawPath.of(pythons.getFirst()).shown() + "' " + failed.reason()
                            + ": going on without it; " + PythonTimeout.NAME + " SECONDS gives it more time");
            return Optional.empty();
        }
    }

    /** The named interpreter or else the default one; empty where it is absent or silent, which is worth no complaint here. */
    Optional<KnownInterpreter> standard() {
        try {
            return orOf(DEFAULT_PYTHON).answer().map(PythonEnvironment::interpreter);
        } catch (InterpreterException absent) {
            return Optional.empty();
        }
    }

    private Optional<PythonEnvironment> answer() throws InterpreterException {
        if (pythons.isEmpty() || isOfSeveral() || elsewhere) {
            return Optional.empty();
        }
        return Optional.of(probe().probe(pythons.getFirst()));
    }

    /** Starts interpreters as the options say. */
    public InterpreterProbe probe() {
        InterpreterProbe probe = InterpreterProbe.within(limit).remembering(answers);
        if (!isolated) {
            UserVariables user = new UserVariables(System.getenv());
            probe = user.leadInto(given) ? probe.withCachePrefix(user.cachePrefix()) : probe.asUser();
        }
        return probe;
    }

    private static CommandFailure failure(InterpreterException failed) {
        String more = failed.isTimeout() ? "; " + PythonTimeout.NAME + " SECONDS gives it more time" : "";
        return new CommandFailure(ExitCode.INCOMPLETE, failed.getMessage() + more);
    }
}
