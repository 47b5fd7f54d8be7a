package dev.freshpyc.cli.command;

import dev.freshpyc.cli.bench.ReportFile;
import dev.freshpyc.cli.option.CommandFailure;
import dev.freshpyc.cli.option.EnvironmentArguments;
import dev.freshpyc.cli.option.ExitCode;
import dev.freshpyc.cli.option.Options;
import dev.freshpyc.cli.option.PythonTimeout;
import dev.freshpyc.cli.render.DocumentFormat;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.perf.startup.PageCache;
import dev.freshpyc.perf.startup.StartState;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The options of {@code bench}: some are about one command, some about an environment whose scripts are measured. */
final class BenchArguments {

    private static final String RUNS = "--runs";
    private static final String COLD = "--cold";
    private static final String STATES = "--states";
    private static final String READY = "--ready";
    private static final String TIMEOUT = "--timeout";
    static final String HTML = "--html";
    static final String EXPORT = "--export-hyperfine";
    static final String SAVE_PROFILE = "--save-profile";
    static final String COMPARE = "--compare";
    static final String ENTRY_POINTS = "--entry-points";
    private static final String FORMAT = "--format";

    /** Options that are about one command. */
    private static final List<String> OF_COMMAND = List.of(STATES, READY, HTML, EXPORT, SAVE_PROFILE, COMPARE);

    /** Options that are about the environment whose scripts are measured. */
    private static final List<String> OF_ENTRY_POINTS =
            List.of(EnvironmentArguments.PYTHON, EnvironmentArguments.VENV, PythonTimeout.NAME);

    static final int DEFAULT_RUNS = 10;

    /** Fewer times have no interval that contains the median with 95 %: five times are all on one side of it in 6 cases of 100. */
    static final int MIN_RUNS = 6;

    private static final int MAX_RUNS = 1000;
    private static final int DEFAULT_SECONDS = 60;
    private static final int MAX_SECONDS = 24 * 60 * 60;

    private static final List<StartState> DEFAULT_STATES =
            List.of(StartState.AS_IS, StartState.REPAIRED, StartState.STALE_READONLY, StartState.NONE);

    private BenchArguments() {}

    static void declare(CommandSpec spec) {
        EnvironmentArguments.declareOne(spec, "With " + ENTRY_POINTS + ": ");
        spec.addOption(Options.value(
                        RUNS,
                        "N",
                        Integer.class,
                        "Counted runs of each state, " + MIN_RUNS + " or more. Default: " + DEFAULT_RUNS + "; "
                                + MIN_RUNS + " with --entry-points."))
                .addOption(Options.flag(COLD, "Drop the page cache before each run. Only root may do that."))
                .addOption(Options.values(
                        STATES,
                        "STATE",
                        StartState.class,
                        "as-is, repaired, stale, stale-readonly, none, timestamp, checked-hash, unchecked-hash."
                                + " Default: as-is,repaired,stale-readonly,none."))
                .addOption(
                        Options.value(
                                READY,
                                "REGEX",
                                String.class,
                                "The first line of output in which this is found is the first answer. Default: the command's end."))
                .addOption(Options.value(
                        TIMEOUT,
                        "SECONDS",
                        Integer.class,
                        "How long one run may take. Default: " + DEFAULT_SECONDS + "."))
                .addOption(Options.value(FORMAT, "FORMAT", DocumentFormat.class, "text or json."))
                .addOption(Options.value(
                        HTML,
                        "FILE",
                        String.class,
                        "Also write a page with charts of the runs and the imports, which needs no network."))
                .addOption(Options.value(EXPORT, "FILE", String.class, "Also write the times in hyperfine's JSON."))
                .addOption(Options.value(
                        SAVE_PROFILE,
                        "FILE",
                        String.class,
                        "Write the modules that the command loads, for --only of repair and clean."))
                .addOption(
                        Options.value(
                                COMPARE,
                                "FILE",
                                String.class,
                                "Compare with FILE, the output of an earlier bench --format json. Exit code 1 if a state is slower beyond the noise."))
                .addOption(OptionSpec.builder(ENTRY_POINTS)
                        .paramLabel("GROUP")
                        .type(String.class)
                        .arity("0..1")
                        .fallbackValue(ScriptBenchRun.DEFAULT_GROUP)
                        .description(
                                "Instead of COMMAND: run every script of an environment with --help, as it is and repaired."
                                        + " Without GROUP, those of " + ScriptBenchRun.DEFAULT_GROUP + ".")
                        .build())
                .addPositional(Options.paths(
                        "COMMAND",
                        "The command and its arguments, after --, such as: freshpyc bench -- pip --version"));
    }

    /** Refuses a command line without a command to measure, and options that do not fit the way of measuring. */
    static void requireSense(ParseResult parsed, boolean hasCommand) {
        boolean scripts = parsed.hasMatchedOption(ENTRY_POINTS);
        if (!scripts && !hasCommand) {
            throw new CommandFailure(ExitCode.USAGE, "bench: give the command to measure after --, or " + ENTRY_POINTS);
        }
        Optional<String> surplus = (scripts ? OF_COMMAND : OF_ENTRY_POINTS)
                .stream().filter(parsed::hasMatchedOption).findFirst();
        if (scripts && (hasCommand || surplus.isPresent())) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    ENTRY_POINTS + " takes no " + surplus.orElse("COMMAND")
                            + ": it runs the scripts of an environment");
        }
        if (surplus.isPresent()) {
            throw new CommandFailure(ExitCode.USAGE, surplus.get() + " needs " + ENTRY_POINTS);
        }
    }

    static List<StartState> states(ParseResult parsed) {
        return parsed.matchedOptionValue(STATES, DEFAULT_STATES).stream()
                .distinct()
                .toList();
    }

    static int runs(ParseResult parsed, int otherwise) {
        return number(parsed, RUNS, otherwise, MIN_RUNS, MAX_RUNS);
    }

    static DocumentFormat format(ParseResult parsed) {
        return parsed.matchedOptionValue(FORMAT, DocumentFormat.TEXT);
    }

    static Duration limit(ParseResult parsed) {
        return Duration.ofSeconds(number(parsed, TIMEOUT, DEFAULT_SECONDS, 1, MAX_SECONDS));
    }

    static boolean cold(ParseResult parsed, PrintStream err) {
        if (!parsed.hasMatchedOption(COLD)) {
            return false;
        }
        if (!PageCache.isDroppable()) {
            err.println(
                    "freshpyc: --cold: this process may not write to /proc/sys/vm/drop_caches, so all runs are warm;"
                            + " run bench as root, outside of a container");
            return false;
        }
        return true;
    }

    static Optional<Pattern> ready(ParseResult parsed) {
        @Nullable String regex = parsed.matchedOptionValue(READY, (String) null);
        try {
            return Optional.ofNullable(regex).map(Pattern::compile);
        } catch (PatternSyntaxException wrong) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    READY + ": '" + RawPath.of(wrong.getPattern()).shown() + "' is not a regular expression: "
                            + wrong.getDescription());
        }
    }

    private static int number(ParseResult parsed, String option, int otherwise, int min, int max) {
        int given = parsed.matchedOptionValue(option, otherwise);
        if (given < min || given > max) {
            throw new CommandFailure(ExitCode.USAGE, option + " " + given + ": give " + min + " to " + max);
        }
        return given;
    }

    static Optional<ReportFile> file(ParseResult parsed, String option) {
        @Nullable String name = parsed.matchedOptionValue(option, (String) null);
        return Optional.ofNullable(name).map(given -> ReportFile.of(option, given));
    }
}
