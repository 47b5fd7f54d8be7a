package dev.freshpyc.cli.option;

import dev.freshpyc.core.path.EnvironmentVariables;
import dev.freshpyc.core.path.JavaPath;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.KnownInterpreter;
import dev.freshpyc.indexer.answer.UserPath;
import dev.freshpyc.indexer.environment.AnswerMemory;
import dev.freshpyc.indexer.environment.InterpreterException;
import dev.freshpyc.indexer.environment.InterpreterProbe;
import dev.freshpyc.indexer.environment.PythonEnvironment;
import dev.freshpyc.indexer.interpreter.InterpreterLocator;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.site.InterpreterLayout;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * A command's question to an interpreter about its version, cache prefix and {@code sys.path}.
 *
 * @param pythons the names or paths that the user gave
 * @param all whether the user wants all interpreters that are found
 * @param elsewhere whether the interpreters belong to another system, so that none of them is started
 * @param isolated whether the interpreter is started without the user's variables and site-packages
 * @param given the paths that the user gave: their code must not run, whatever the user's variables say
 * @param answers the answers in earlier runs
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

    /** The option {@code -I}. */
    public static OptionSpec isolation() {
        return OptionSpec.builder("-I", ISOLATED)
                .type(boolean.class)
                .description(
                        "Ask the interpreter as with its option -I: without PYTHONPATH, PYTHONPYCACHEPREFIX and the user's site-packages.")
                .build();
    }

    /** The interpreter that is asked where the user names none. */
    public static final String DEFAULT_PYTHON = "python3";

    /** The question by the options {@code --python}, {@code --python-timeout} and {@code --isolated}. */
    public static InterpreterQuestion of(ParseResult parsed) {
        List<RawPath> given = parsed.matchedPositionals().stream()
                .flatMap(paths -> paths.originalStringValues().stream())
                .map(RawPath::of)
                .toList();
        return of(parsed, given);
    }

    /** The same for a command that takes other words beside its paths. */
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

    /** Finds interpreters that compile. None of them lies in a scanned tree, except one that the user named. */
    public InterpreterLocator compilers(List<PathEntry> entries) {
        List<Path> scanned =
                entries.stream().map(entry -> JavaPath.of(entry.path())).toList();
        return InterpreterLocator.of(
                elsewhere ? List.of() : pythons,
                EnvironmentVariables.all(),
                scanned,
                InterpreterProbe.within(limit).remembering(answers));
    }

    /** Whether the user named an interpreter, or wants all. */
    public boolean isAsked() {
        return all || !pythons.isEmpty();
    }

    /** Whether the user named several interpreters, so that none judges alone. */
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

    /** The answer, for a command that does not need it: a line is printed where the interpreter takes too long. */
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

    /** The named interpreter or else the default one; empty where it is absent or does not answer, which is not reported here. */
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
        PythonEnvironment answer = probe().probe(pythons.getFirst());
        return Optional.of(!isolated && mayLeadIntoGivenPaths() ? UserPath.of(answer) : answer);
    }

    /** Starts interpreters as the options say. */
    public InterpreterProbe probe() {
        InterpreterProbe probe = InterpreterProbe.within(limit).remembering(answers);
        if (!isolated) {
            probe = mayLeadIntoGivenPaths()
                    ? probe.withCachePrefix(new UserVariables(EnvironmentVariables.all()).cachePrefix())
                    : probe.asUser();
        }
        return probe;
    }

    /**
     * Whether the user's variables may lead an interpreter to code beside the given paths. The interpreter is then
     * asked without the variables.
     */
    private boolean mayLeadIntoGivenPaths() {
        return new UserVariables(EnvironmentVariables.all()).leadInto(given);
    }

    private CommandFailure failure(InterpreterException failed) {
        String time = failed.isTimeout() ? "; " + PythonTimeout.NAME + " SECONDS gives it more time" : "";
        String root = isComputable() ? "; with --root / its path is computed from files, and it is not started" : "";
        return new CommandFailure(ExitCode.INCOMPLETE, failed.getMessage() + time + root);
    }

    /** Whether the command needs only the path of one interpreter, and the path can be computed. */
    private boolean isComputable() {
        String python = pythons.getFirst();
        return given.isEmpty()
                && python.contains("/")
                && InterpreterLayout.of(EnvironmentArguments.files(Optional.empty()), RawPath.of(python))
                        .isPresent();
    }
}
